package io.movingdata.catalog.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A query filter: conditions that must all hold. Values are plain; operators are put here only. */
public final class Filter {
  private final List<JsonObject> conditions = new ArrayList<>();

  /** A field has a value. */
  public Filter is(String field, Object value) {
    return add(new JsonObject().put(field, value));
  }

  /** A field has a value, or any where the value is null. */
  public Filter isIfGiven(String field, Object value) {
    return value == null ? this : is(field, value);
  }

  /** A field is absent. */
  public Filter absent(String field) {
    return add(new JsonObject().putNull(field));
  }

  /** A field has one of the values. */
  public Filter in(String field, List<String> values) {
    if (values.size() == 1) {
      return is(field, values.get(0));
    }
    return operator(field, "$in", new JsonArray(new ArrayList<>(values)));
  }

  /** A field is less than a value. */
  public Filter below(String field, Object value) {
    return operator(field, "$lt", value);
  }

  /** A field is greater than a value. */
  public Filter above(String field, Object value) {
    return operator(field, "$gt", value);
  }

  /** A field is at most a value. */
  public Filter atMost(String field, Object value) {
    return operator(field, "$lte", value);
  }

  /** A field is at least a value. */
  public Filter atLeast(String field, Object value) {
    return operator(field, "$gte", value);
  }

  /** A text field starts with a text. */
  public Filter startsWith(String field, String text) {
    return operator(field, "$regex", "^" + literal(text));
  }

  /** A text field holds a text, in whatever case. */
  public Filter containsAnyCase(String field, String text) {
    return add(
        new JsonObject()
            .put(field, new JsonObject().put("$regex", literal(text)).put("$options", "i")));
  }

  /** A field is absent or at most a value. */
  public Filter absentOrAtMost(String field, Object value) {
    return either(new Filter().absent(field), new Filter().atMost(field, value));
  }

  /** One of two filters holds. */
  public Filter either(Filter one, Filter other) {
    return add(new JsonObject().put("$or", new JsonArray().add(one.json()).add(other.json())));
  }

  /** None of some filters holds. */
  public Filter noneOf(List<Filter> others) {
    JsonArray all = new JsonArray();
    others.forEach(other -> all.add(other.json()));
    return add(new JsonObject().put("$nor", all));
  }

  /** The filter as the store takes it. */
  public JsonObject json() {
    if (conditions.isEmpty()) {
      return new JsonObject();
    }
    if (conditions.size() == 1) {
      return conditions.get(0).copy();
    }
    return new JsonObject().put("$and", new JsonArray(new ArrayList<>(conditions)));
  }

  private Filter operator(String field, String operator, Object value) {
    return add(new JsonObject().put(field, new JsonObject().put(operator, value)));
  }

  private Filter add(JsonObject condition) {
    conditions.add(condition);
    return this;
  }

  /** A regular expression that matches the text and nothing else. */
  static String literal(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c < 128 && !Character.isLetterOrDigit(c)) {
                escaped.append('\\');
              }
              escaped.appendCodePoint(c);
            });
    return escaped.toString();
  }
}
