package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.backend.KeyValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** The keys of an index in the file: one value for each of its fields, ordered by the first. */
final class KeyType extends BasicDataType<KeyValue> {

  static final KeyType INSTANCE = new KeyType();

  private KeyType() {}

  @Override
  public int compare(KeyValue a, KeyValue b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = ValueType.INSTANCE.compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
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
