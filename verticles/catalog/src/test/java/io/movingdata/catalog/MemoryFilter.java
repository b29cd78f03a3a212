package io.movingdata.catalog;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;

/** The part of the store's query language that the catalog speaks. */
final class MemoryFilter {
  private MemoryFilter() {}

  static boolean matches(JsonObject document, JsonObject filter) {
    return filter.stream().allMatch(condition -> holds(document, condition));
  }

  private static boolean holds(JsonObject document, Map.Entry<String, Object> condition) {
    Object wanted = condition.getValue();
    return switch (condition.getKey()) {
      case "$and" -> ((JsonArray) wanted).stream().allMatch(f -> matches(document, (JsonObject) f));
      case "$or" -> ((JsonArray) wanted).stream().anyMatch(f -> matches(document, (JsonObject) f));
      default -> holds(document.getValue(condition.getKey()), wanted);
    };
  }

  private static boolean holds(Object present, Object wanted) {
    return wanted instanceof JsonObject operators
        ? operators.stream().allMatch(o -> compares(o.getKey(), present, o.getValue()))
        : Objects.equals(present, wanted);
  }

  private static boolean compares(String operator, Object present, Object wanted) {
    if (operator.equals("$in")) {
      return ((JsonArray) wanted).contains(present);
    }
    if (present == null) {
      return false;
    }
    int order = present.toString().compareTo(wanted.toString());
    return switch (operator) {
      case "$lt" -> order < 0;
      case "$lte" -> order <= 0;
      case "$gt" -> order > 0;
      case "$gte" -> order >= 0;
      default -> throw new UnsupportedOperationException(operator);
    };
  }

  /** The order of a sort; texts and numbers as the catalog sorts by. */
  static Comparator<JsonObject> order(JsonObject sort) {
    return sort.stream()
        .map(field -> by(field.getKey(), (int) field.getValue()))
        .reduce(Comparator::thenComparing)
        .orElseThrow();
  }

  private static Comparator<JsonObject> by(String field, int direction) {
    return (a, b) -> direction * compare(a.getValue(field), b.getValue(field));
  }

  private static int compare(Object a, Object b) {
    return a instanceof Number x && b instanceof Number y
        ? Long.compare(x.longValue(), y.longValue())
        : String.valueOf(a).compareTo(String.valueOf(b));
  }
}
