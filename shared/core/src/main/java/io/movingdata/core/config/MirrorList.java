package io.movingdata.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.movingdata.core.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Addresses of external mirrors, as a list separated by commas or as JSON with names. An address
 * may hold a secret, so nothing here quotes one.
 */
final class MirrorList {
  private static final String EXPECTS =
      "http or https addresses separated by commas, or JSON [{\"name\", \"url\", \"get_url\"}]";
  private static final int MOST = 32;
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
  private static final Set<String> FIELDS = Set.of("name", "url", "get_url");

  private MirrorList() {}

  /** The type of the setting. */
  static ValueType type() {
    return new ValueType(EXPECTS, MirrorList::parse, MirrorList::problem, UnaryOperator.identity())
        .shownAs(value -> SpecialTypes.HIDDEN);
  }

  private static JsonNode parse(String text) {
    if (text.strip().startsWith("[")) {
      try {
        return Json.mapper().readTree(text);
      } catch (IOException e) {
        return TextNode.valueOf("not JSON");
      }
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    Stream.of(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).forEach(list::add);
    return list;
  }

  private static Optional<String> problem(JsonNode value) {
    if (!value.isArray()) {
      return Optional.of("is no list");
    }
    if (value.size() > MOST) {
      return Optional.of("has more than " + MOST + " entries");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < value.size(); i++) {
      JsonNode entry = value.get(i);
      String bad = entryProblem(entry);
      if (bad != null) {
        return Optional.of("has an entry (number " + (i + 1) + ") " + bad);
      }
      String name = name(entry);
      if (!name.matches(NAME)) {
        return Optional.of(
            "has an entry (number "
                + (i + 1)
                + ") whose name is not 1 to 63 letters, digits, dots, dashes or underscores");
      }
      if (!names.add(name)) {
        return Optional.of("has two entries of the name " + name + "; name them in JSON");
      }
    }
    return Optional.empty();
  }

  private static String entryProblem(JsonNode entry) {
    if (entry.isTextual()) {
      return isAddress(entry.textValue()) ? null : "that is no http or https address";
    }
    if (!entry.isObject()) {
      return "that is neither an address nor an object";
    }
    for (var field : entry.properties()) {
      if (!FIELDS.contains(field.getKey()) || !field.getValue().isTextual()) {
        return "with a field that is not one of name, url, get_url, or no text";
      }
    }
    if (!isAddress(entry.path("url").asText(""))) {
      return "whose url is no http or https address";
    }
    return entry.has("get_url") && !isAddress(entry.path("get_url").asText(""))
        ? "whose get_url is no http or https address"
        : null;
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return http && uri.getHost() != null && uri.getFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String name(JsonNode entry) {
    if (entry.has("name")) {
      return entry.path("name").asText();
    }
    URI uri = URI.create(entry.isTextual() ? entry.textValue() : entry.path("url").asText());
    String host = uri.getHost().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "");
    return uri.getPort() < 0 ? host : host + "-" + uri.getPort();
  }

  /** The mirrors of a checked list. */
  static List<NodeConfig.Mirror> read(JsonNode list) {
    List<NodeConfig.Mirror> mirrors = new ArrayList<>();
    for (JsonNode entry : list) {
      String url = entry.isTextual() ? entry.textValue() : entry.path("url").asText();
      String get = entry.path("get_url").asText("");
      mirrors.add(
          new NodeConfig.Mirror(
              name(entry), Secret.of(url), get.isEmpty() ? null : Secret.of(get)));
    }
    return mirrors;
  }
}
