package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.h2.mvstore.WriteBuffer;

/** How values lie in the file: the BSON type code, then the BSON encoding, as over the wire. */
final class Bson {

  /** The code of a value that a document lacks, which an index tells from an explicit null. */
  private static final byte ABSENT = 0;

  private static final int OBJECT_OVERHEAD = 48;

  private Bson() {}

  static void write(WriteBuffer out, Object value) {
    ByteBuf encoded = encode(value);
    out.put(encoded.array(), 0, encoded.writerIndex());
  }

  static Object read(ByteBuffer in) {
    byte type = in.get();
    if (type == ABSENT) {
      return Missing.getInstance();
    }
    ByteBuf encoded = Unpooled.wrappedBuffer(in);
    Object value = BsonDecoder.decodeValue(type, encoded);
    in.position(in.position() + encoded.readerIndex());
    return value;
  }

  /** The encoding of a value on its own, for comparing. */
  static byte[] bytes(Object value) {
    ByteBuf encoded = encode(value);
    return Arrays.copyOf(encoded.array(), encoded.writerIndex());
  }

  private static ByteBuf encode(Object value) {
    ByteBuf encoded = Unpooled.buffer(64);
    if (value instanceof Missing) {
      encoded.writeByte(ABSENT);
    } else {
      byte type = BsonEncoder.determineType(value);
      encoded.writeByte(type);
      BsonEncoder.encodeValue(type, value, encoded);
    }
    return encoded;
  }

  /** Roughly the heap that a value takes, in bytes. */
  static int memory(Object value) {
    int sum = OBJECT_OVERHEAD;
    if (value instanceof String text) {
      sum += text.length();
    } else if (value instanceof Map<?, ?> map) {
      for (Object item : map.values()) {
        sum += OBJECT_OVERHEAD + memory(item);
      }
    } else if (value instanceof Iterable<?> items) {
      for (Object item : items) {
        sum += memory(item);
      }
    }
    return sum;
  }
}
