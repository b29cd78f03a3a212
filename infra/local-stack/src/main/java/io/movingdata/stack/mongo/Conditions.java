package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a query demands of single fields and an index can find: equality, ranges, beginnings of
 * texts, patterns of ids. All else it demands is left to be looked for in each document.
 */
final class Conditions {
  private static final Set<String> PATTERN = Set.of("$regex", "$options");

  private final Map<String, FieldRange> ranges = new HashMap<>();
  private final List<BsonRegularExpression> patterns = new ArrayList<>();
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

  /** Whether there are patterns that an id must match. */
  boolean patterned() {
    return !patterns.isEmpty();
  }

  /** Whether an id matches the patterns: no document need be read to know. */
  boolean allows(Object id) {
    return patterns.isEmpty()
        || (id instanceof String text
            && patterns.stream().allMatch(pattern -> pattern.matcher(text).find()));
  }

  /** Whether the ranges and the patterns say all that the query demands. */
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
          } else if (plain(value)) {
            narrow(name, Optional.of(FieldRange.of(KeyValues.normalized(value))));
          } else {
            complete = false;
          }
        });
  }

  private static boolean plain(Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private void operator(String field, String operator, Object given, Document all) {
    Object bound = given instanceof Collection ? null : KeyValues.normalized(given);
    switch (operator) {
      case "$lt" -> narrow(field, FieldRange.upTo(bound, false));
      case "$lte" -> narrow(field, FieldRange.upTo(bound, true));
      case "$gt" -> from(field, bound, false);
      case "$gte" -> from(field, bound, true);
      case "$in" -> {
        boolean one = given instanceof Collection<?> values && values.size() == 1;
        Object only = one ? ((Collection<?>) given).iterator().next() : null;
        narrow(
            field,
            plain(only)
                ? Optional.of(FieldRange.of(KeyValues.normalized(only)))
                : Optional.empty());
      }
      case "$regex" -> pattern(field, given, all);
      case "$options" -> {}
      default -> complete = false;
    }
  }

  private void from(String field, Object bound, boolean included) {
    narrow(field, FieldRange.from(bound, included));
    // The range of a number holds values of other types, too.
    complete &= !(bound instanceof Number);
  }

  private void pattern(String field, Object given, Document all) {
    boolean ofId = field.equals("_id") && PATTERN.containsAll(all.keySet());
    if (ofId && given instanceof String) {
      patterns.add(BsonRegularExpression.convertToRegularExpression(all));
    } else {
      complete = false;
    }
    if (!all.containsKey("$options") && given instanceof String pattern) {
      Beginnings.of(pattern)
          .map(FieldRange::startingWith)
          .ifPresent(range -> narrow(field, Optional.of(range)));
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
