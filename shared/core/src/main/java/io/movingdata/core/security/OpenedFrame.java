package io.movingdata.core.security;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The authenticated content of a frame: a slice of a pooled array that {@link #close()} gives back.
 * A plain token counts as its object's only and last frame.
 */
public final class OpenedFrame implements AutoCloseable {
  private final BytePool pool;
  private final AtomicReference<byte[]> array;
  private final int index;
  private final int offset;
  private final int length;
  private final boolean last;

  OpenedFrame(BytePool pool, byte[] array, int index, int offset, int length, boolean last) {
    this.pool = pool;
    this.array = new AtomicReference<>(array);
    this.index = index;
    this.offset = offset;
    this.length = length;
    this.last = last;
  }

  /**
   * The array that holds the content from {@link #offset()} on.
   *
   * @throws IllegalStateException once closed
   */
  public byte[] array() {
    byte[] bytes = array.get();
    if (bytes == null) {
      throw new IllegalStateException("frame " + index + " was closed");
    }
    return bytes;
  }

  /** Where in the array the content begins. */
  public int offset() {
    return offset;
  }

  /** The content's length in bytes. */
  public int length() {
    return length;
  }

  /** The frame's index. */
  public int index() {
    return index;
  }

  /** Whether the frame says that it is its object's last. */
  public boolean last() {
    return last;
  }

  /** A copy of the content. */
  public byte[] toBytes() {
    return Arrays.copyOfRange(array(), offset, offset + length);
  }

  /**
   * Fails unless the frame ends the object exactly where the reader expects it to, which is what
   * uncovers a truncated or an extended object.
   *
   * @throws FrameException with reason {@code MISPLACED}; the frame is closed then
   */
  public OpenedFrame requireLast(boolean expected) {
    if (last != expected) {
      close();
      throw FrameException.misplaced(index);
    }
    return this;
  }

  /** Gives the array back to the pool. Closing twice is harmless. */
  @Override
  public void close() {
    byte[] bytes = array.getAndSet(null);
    if (bytes != null) {
      pool.give(bytes);
    }
  }
}
