package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * The keys of an index in the file: one value for each of its fields, ordered by the first. A key
 * that is the beginning of another comes before it.
 */
final class KeyType extends BasicDataType<KeyValue> {
  /** Comes after every value, in whichever direction a field is ordered; never stored. */
  static final Object HIGHEST = new Object();

  private final List<IndexKey> fields;

  /** Keys ordered as the fields say; what follows them ascends. */
  KeyType(List<IndexKey> fields) {
    this.fields = List.copyOf(fields);
  }

  @Override
  public int compare(KeyValue a, KeyValue b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = compare(a.get(i), b.get(i), i);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private int compare(Object a, Object b, int field) {
    if (a == HIGHEST || b == HIGHEST) {
      return Boolean.compare(a == HIGHEST, b == HIGHEST);
    }
    boolean ascends = field >= fields.size() || fields.get(field).isAscending();
    return ascends ? ValueType.INSTANCE.compare(a, b) : ValueType.INSTANCE.compare(b, a);
  }

  @Override
  public int getMemory(KeyValue key) {
    return Bson.memory(key);
  }

  @Override
  public void write(WriteBuffer out, KeyValue key) {
    out.putVarInt(key.size());
    for (Object value : key) {
      Bson.write(out, value);
    }
  }

  @Override
  public KeyValue read(ByteBuffer in) {
    int size = DataUtils.readVarInt(in);
    List<Object> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(Bson.read(in));
    }
    return new KeyValue(values);
  }

  @Override
  public KeyValue[] createStorage(int size) {
    return new KeyValue[size];
  }
}
