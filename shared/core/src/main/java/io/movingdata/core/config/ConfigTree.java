package io.movingdata.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Values by their path, each with where it came from; a later layer replaces an earlier one's. A
 * JSON null takes a value away.
 */
final class ConfigTree {
  /**
   * A value in force.
   *
   * @param source {@code file:default.json}, {@code env:HTTP_PORT} and the like
   */
  record Entry(JsonNode value, String source) {
    /** Where a person finds it. */
    String where(String path) {
      return source.startsWith("env:")
          ? source.substring("env:".length())
          : path + " (" + source.substring(source.indexOf(':') + 1) + ")";
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> locations = new LinkedHashSet<>();

  void put(String path, JsonNode value, String source) {
    entries.put(path, new Entry(value, source));
  }

  void addLocation(String id) {
    locations.add(id);
  }

  void removeLocation(String id) {
    locations.remove(id);
  }

  /** Ids of locations in the order in which they were first named. */
  List<String> locations() {
    return List.copyOf(locations);
  }

  /** The value at a path; empty where there is none or it was taken away. */
  Optional<Entry> get(String path) {
    return Optional.ofNullable(entries.get(path)).filter(entry -> !entry.value().isNull());
  }

  /** Whether some layer spoke of the path, be it to take it away. */
  boolean mentions(String path) {
    return entries.containsKey(path);
  }

  void remove(String path) {
    entries.remove(path);
  }

  Optional<JsonNode> value(Setting setting) {
    return get(setting.path()).map(Entry::value);
  }

  String text(Setting setting) {
    return value(setting).map(JsonNode::asText).orElse(null);
  }

  int integer(Setting setting) {
    return Math.toIntExact(get(setting.path()).orElseThrow().value().longValue());
  }

  long whole(Setting setting) {
    return get(setting.path()).orElseThrow().value().longValue();
  }

  double number(Setting setting) {
    return get(setting.path()).orElseThrow().value().doubleValue();
  }

  boolean on(Setting setting) {
    return value(setting).map(JsonNode::asBoolean).orElse(false);
  }

  List<String> texts(Setting setting) {
    return value(setting).map(ValueTypes::texts).orElse(List.of());
  }
}
