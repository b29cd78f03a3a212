package io.movingdata.gateway.content;

import io.movingdata.core.security.BytePool;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** One frame's content while it arrives: grows up to what the frame holds, and no further. */
final class FrameBuffer {
  private static final int FIRST = 64 * 1024;

  private final BytePool pool;
  private final int capacity;
  private byte[] bytes;
  private int length;

  /**
   * An empty frame.
   *
   * @param capacity what the frame holds
   * @param expected how much of it will come, -1 where nobody knows
   */
  FrameBuffer(BytePool pool, int capacity, long expected) {
    this.pool = pool;
    this.capacity = capacity;
    int size = (int) (expected < 0 ? FIRST : Math.min(capacity, expected));
    this.bytes = size == capacity ? pool.take(capacity) : new byte[size];
  }

  /** Takes what fits of a piece from an offset on; answers with how much that was. */
  int take(Buffer piece, int offset) {
    int taken = Math.min(piece.length() - offset, capacity - length);
    ensure(length + taken);
    piece.getBytes(offset, offset + taken, bytes, length);
    length += taken;
    return taken;
  }

  private void ensure(int wanted) {
    if (wanted > bytes.length) {
      long doubled = Math.max(FIRST, bytes.length * 2L);
      bytes = Arrays.copyOf(bytes, (int) Math.min(capacity, Math.max(wanted, doubled)));
    }
  }

  boolean full() {
    return length == capacity;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Gives the memory back. */
  void release() {
    pool.give(bytes);
  }
}
