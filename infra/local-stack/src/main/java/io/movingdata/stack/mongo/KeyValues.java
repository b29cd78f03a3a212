package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import java.util.ArrayList;
import java.util.List;

/** Keys of indexes, whole ones and the bounds between which keys are looked for. */
final class KeyValues {
  private KeyValues() {}

  /** A value as it stands in keys. */
  static Object normalized(Object value) {
    return new KeyValue(value).normalized().get(0);
  }

  /** A document's values, absent before all others as MongoDB sorts them, then its position. */
  static KeyValue entry(KeyValue values, Object position) {
    List<Object> all = new ArrayList<>();
    for (Object value : values) {
      all.add(Missing.ofNullable(value));
    }
    all.add(position);
    return new KeyValue(all);
  }

  /** Before every key that starts with the values. */
  static KeyValue before(List<Object> values) {
    return new KeyValue(values);
  }

  /** After every key that starts with the values. */
  static KeyValue after(List<Object> values) {
    List<Object> all = new ArrayList<>(values);
    all.add(KeyType.HIGHEST);
    return new KeyValue(all);
  }
}
