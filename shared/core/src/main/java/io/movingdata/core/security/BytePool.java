package io.movingdata.core.security;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Large arrays kept for reuse, because the first touch of fresh memory costs as much as
 * authenticating it. Thread-safe. The arrays least recently given back leave when it is full.
 */
public final class BytePool {
  /** Smaller arrays are left to the garbage collector. */
  private static final int MIN_LENGTH = 256 * 1024;

  private final long capacity;
  private final Deque<byte[]> free = new ArrayDeque<>();
  private long retained;

  /**
   * An empty pool.
   *
   * @param capacity how many bytes of unused arrays to keep at most; 0 keeps none
   */
  public BytePool(long capacity) {
    this.capacity = capacity;
  }

  /** An array of exactly that length, with unspecified content, that is the caller's alone. */
  public byte[] take(int length) {
    synchronized (free) {
      for (Iterator<byte[]> arrays = free.iterator(); arrays.hasNext(); ) {
        byte[] array = arrays.next();
        if (array.length == length) {
          arrays.remove();
          retained -= length;
          return array;
        }
      }
    }
    return new byte[length];
  }

  /** Takes back an array that nobody uses any more. Giving back is optional; never do it twice. */
  public void give(byte[] array) {
    if (array.length < MIN_LENGTH || array.length > capacity) {
      return;
    }
    synchronized (free) {
      free.addFirst(array);
      retained += array.length;
      while (retained > capacity) {
        retained -= free.removeLast().length;
      }
    }
  }

  /** How many bytes of unused arrays are kept now. */
  public long retained() {
    synchronized (free) {
      return retained;
    }
  }
}
