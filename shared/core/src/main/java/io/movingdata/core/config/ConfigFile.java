package io.movingdata.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts a JSON document into the tree: every field must be one that a setting describes. */
final class ConfigFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Pattern LOCATION_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Set<String> NODE_PATHS = paths(Settings.all());
  private static final Set<String> LOCATION_FIELDS = paths(LocationSettings.all());

  private final ConfigTree tree;
  private final List<ConfigFault> faults;
  private final String source;
  private final String name;

  /**
   * A layer of the tree.
   *
   * @param source {@code file:local.json} or {@code env:LOCATIONS}
   */
  ConfigFile(ConfigTree tree, List<ConfigFault> faults, String source) {
    this.tree = tree;
    this.faults = faults;
    this.source = source;
    this.name = source.substring(source.indexOf(':') + 1);
  }

  /** Reads a whole configuration file. */
  void read(Path file) {
    try {
      object("", parse(Files.readString(file)));
    } catch (NoSuchFileException e) {
      fault(file.toString(), "does not exist", "start where it is, or name its folder by --conf");
    } catch (JsonProcessingException e) {
      notJson(file.toString(), e);
    } catch (IOException e) {
      fault(file.toString(), "cannot be read", "let this user read it (UTF-8 text)");
    }
  }

  /** Reads a list of locations alone. */
  void readLocations(String json) {
    try {
      locations(parse(json));
    } catch (JsonProcessingException e) {
      notJson(name, e);
    }
  }

  private static JsonNode parse(String json) throws JsonProcessingException {
    return MAPPER.readTree(json);
  }

  /** The parser's own message would quote the text, which may hold secrets. */
  private void notJson(String where, JsonProcessingException e) {
    String place =
        e.getLocation() == null
            ? ""
            : " (line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr()
                + ")";
    fault(where, "is not valid JSON, or names a field twice" + place, "correct it there");
  }

  private void object(String path, JsonNode node) {
    if (!node.isObject()) {
      fault(path.isEmpty() ? name : at(path), "is not a JSON object", "write {…}");
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String inner = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      if (inner.equals("locations")) {
        locations(field.getValue());
      } else if (inner.equals("providers")) {
        providers(field.getValue());
      } else if (NODE_PATHS.contains(inner)) {
        tree.put(inner, field.getValue(), source);
      } else if (NODE_PATHS.stream().anyMatch(known -> known.startsWith(inner + "."))) {
        object(inner, field.getValue());
      } else {
        unknown(inner, NODE_PATHS);
      }
    }
  }

  private void providers(JsonNode node) {
    Set<String> known =
        Stream.of(Provider.values()).map(Provider::wire).collect(Collectors.toSet());
    for (Map.Entry<String, JsonNode> provider : node.properties()) {
      String path = "providers." + provider.getKey();
      if (known.contains(provider.getKey())) {
        fields(path, provider.getValue());
      } else {
        unknown(path, known);
      }
    }
  }

  private void locations(JsonNode list) {
    if (!list.isArray()) {
      fault(at("locations"), "is not a JSON list", "write [{\"id\": …}, …]");
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      String id = list.get(i).path("id").asText();
      if (!LOCATION_ID.matcher(id).matches()) {
        fault(
            at("locations[" + i + "].id"),
            ValueTypes.isNot(id, "a location id"),
            "use 1 to 32 lower-case letters, digits or dashes");
      } else if (!seen.add(id)) {
        fault(at("locations[" + i + "].id"), "is there twice: " + id, "give each its own id");
      } else {
        tree.addLocation(id);
        fields("locations." + id, list.get(i));
      }
    }
  }

  private void fields(String path, JsonNode node) {
    if (!node.isObject()) {
      fault(at(path), "is not a JSON object", "write {…}");
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (field.getKey().equals("id") && path.startsWith("locations.")) {
        continue;
      }
      if (!LOCATION_FIELDS.contains(field.getKey())) {
        unknown(path + "." + field.getKey(), LOCATION_FIELDS);
      } else {
        tree.put(path + "." + field.getKey(), field.getValue(), source);
      }
    }
  }

  private void unknown(String path, Set<String> known) {
    String last = path.substring(path.lastIndexOf('.') + 1);
    String remedy =
        Spelling.closest(known.contains("http.port") ? path : last, known)
            .map(like -> "did you mean " + like + "?")
            .orElse("remove it");
    fault(at(path), "is not a field of the configuration", remedy);
  }

  private String at(String path) {
    return path + " (" + name + ")";
  }

  private void fault(String where, String problem, String remedy) {
    faults.add(new ConfigFault(where, problem, remedy));
  }

  private static Set<String> paths(List<Setting> settings) {
    return settings.stream().map(Setting::path).collect(Collectors.toSet());
  }
}
