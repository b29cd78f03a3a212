package io.movingdata.stack.mongo;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Single values in the file, such as the {@code _id} that a document is stored under. Their order
 * is total, but not MongoDB's.
 */
final class ValueType extends BasicDataType<Object> {

  static final ValueType INSTANCE = new ValueType();

  private ValueType() {}

  @Override
  public int compare(Object a, Object b) {
    // Two types compare by their codes, the first byte: so these short cuts keep the order total.
    if (a instanceof String left && b instanceof String right) {
      return left.compareTo(right);
    }
    if (a instanceof Double left && b instanceof Double right) {
      return left.compareTo(right);
    }
    return Arrays.compareUnsigned(Bson.bytes(a), Bson.bytes(b));
  }

  @Override
  public int getMemory(Object value) {
    return Bson.memory(value);
  }

  @Override
  public void write(WriteBuffer out, Object value) {
    Bson.write(out, value);
  }

  @Override
  public Object read(ByteBuffer in) {
    return Bson.read(in);
  }

  @Override
  public Object[] createStorage(int size) {
    return new Object[size];
  }
}
