package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a query demands of single fields and an index can find: equality, ranges, beginnings of
 * texts. All else it demands is left to be looked for in each document.
 */
final class Conditions {
  private final Map<String, FieldRange> ranges = new HashMap<>();
  private boolean complete = true;

  private Conditions() {}

  static Conditions of(Document query) {
    Conditions conditions = new Conditions();
    conditions.read(query);
    return conditions;
  }

  /** The values that a field may have; null for any. */
  FieldRange range(String field) {
    return ranges.get(field);
  }

  /** How many fields have a range. */
  int fields() {
    return ranges.size();
  }

  /** Whether the ranges say all that the query demands. */
  boolean complete() {
    return complete;
  }

  private void read(Document query) {
    query.forEach(
        (name, value) -> {
          if (name.equals("$and") && value instanceof Collection<?> all) {
            all.forEach(one -> read((Document) one));
          } else if (name.startsWith("$")) {
            complete = false;
          } else if (value instanceof Document operators) {
            operators.forEach((operator, bound) -> operator(name, operator, bound, operators));
          } else if (value instanceof String
              || value instanceof Number
              || value instanceof Boolean) {
            narrow(name, Optional.of(FieldRange.of(KeyValues.normalized(value))));
          } else {
            complete = false;
          }
        });
  }

  private void operator(String field, String operator, Object given, Document all) {
    Object bound = KeyValues.normalized(given);
    switch (operator) {
      case "$lt" -> narrow(field, FieldRange.upTo(bound, false));
      case "$lte" -> narrow(field, FieldRange.upTo(bound, true));
      case "$gt" -> narrow(field, FieldRange.from(bound, false));
      case "$gte" -> narrow(field, FieldRange.from(bound, true));
      case "$regex" -> {
        complete = false;
        if (!all.containsKey("$options") && given instanceof String pattern) {
          narrow(field, Beginnings.of(pattern).map(FieldRange::startingWith));
        }
      }
      default -> complete = false;
    }
  }

  private void narrow(String field, Optional<FieldRange> range) {
    if (range.isEmpty()) {
      complete = false;
    } else {
      ranges.merge(field, range.get(), FieldRange::and);
    }
  }
}
