package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import java.util.Optional;

/**
 * The values that a query allows a field, as far as an order of values can tell.
 *
 * @param low lowest value
 * @param high highest value
 */
record FieldRange(Object low, boolean lowIncluded, Object high, boolean highIncluded) {
  private static final String FIRST_TEXT = "";
  private static final String LAST_CHARACTER = "\uffff";

  private static final Object LAST = MaxKey.getInstance();

  /** Comes after every text, for types compare first. */
  private static final Object AFTER_TEXT = new Document();

  /** Exactly one value. */
  static FieldRange of(Object value) {
    return new FieldRange(value, true, value, true);
  }

  /** All texts that start with one. */
  static FieldRange startingWith(String prefix) {
    return new FieldRange(prefix, true, prefix + LAST_CHARACTER, true);
  }

  /** All values of the bound's type up to it; empty where they have no lowest here. */
  static Optional<FieldRange> upTo(Object bound, boolean included) {
    if (bound instanceof String) {
      return Optional.of(new FieldRange(FIRST_TEXT, true, bound, included));
    }
    return bound instanceof Double
        ? Optional.of(new FieldRange(Double.NEGATIVE_INFINITY, true, bound, included))
        : Optional.empty();
  }

  /**
   * All values of the bound's type from it on; of a number, values of other types as well: numbers
   * beyond 2^53 are kept as one that comes after texts.
   */
  static Optional<FieldRange> from(Object bound, boolean included) {
    if (bound instanceof String) {
      return Optional.of(new FieldRange(bound, included, AFTER_TEXT, false));
    }
    return bound instanceof Double
        ? Optional.of(new FieldRange(bound, included, LAST, true))
        : Optional.empty();
  }

  /** Whether it is one value. */
  boolean single() {
    return lowIncluded && highIncluded && low.equals(high);
  }

  /** What both allow. */
  FieldRange and(FieldRange other) {
    int lows = ValueType.INSTANCE.compare(low, other.low);
    int highs = ValueType.INSTANCE.compare(high, other.high);
    FieldRange lower = lows > 0 || (lows == 0 && !lowIncluded) ? this : other;
    FieldRange upper = highs < 0 || (highs == 0 && !highIncluded) ? this : other;
    return new FieldRange(lower.low, lower.lowIncluded, upper.high, upper.highIncluded);
  }
}
