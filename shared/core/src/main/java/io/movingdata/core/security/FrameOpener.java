package io.movingdata.core.security;

import java.security.MessageDigest;
import java.util.Objects;

/**
 * Decrypts one copy of an object, frame by frame in any order and from any number of threads.
 * Nothing of a frame is handed out before all of it is authenticated and its place confirmed.
 */
public final class FrameOpener {
  private final FernetKey key;
  private final CopyId copyId;
  private final FrameIv ivs;
  private final BytePool pool;

  /**
   * An opener for one copy.
   *
   * @param key the key whose id is recorded with the copy
   * @param pool where the arrays of opened frames come from and return to
   */
  public FrameOpener(FernetKey key, CopyId copyId, BytePool pool) {
    this.key = key;
    this.copyId = copyId;
    this.ivs = new FrameIv(key, copyId);
    this.pool = pool;
  }

  /** Opens a frame from a whole array. */
  public OpenedFrame open(int index, byte[] stored) {
    return open(index, stored, 0, stored.length);
  }

  /**
   * Opens a frame of an object in the format {@code fernet-frames}. The caller must compare {@link
   * OpenedFrame#last()} with what it expects, or call {@link OpenedFrame#requireLast}.
   *
   * @param index the index that the frame should have
   * @throws FrameException if it is not exactly that frame of this copy
   */
  public OpenedFrame open(int index, byte[] stored, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, stored.length);
    int token = tokenLength(stored, offset, length);
    if (token == 0 || length != FrameLayout.padded(token)) {
      throw FrameException.corrupt(index);
    }
    byte[] buffer = pool.take(TokenDecoder.bufferLength(token));
    try {
      int plaintext = decode(index, stored, offset, token, buffer);
      FrameHeader header =
          FrameHeader.read(buffer, plaintext).orElseThrow(() -> FrameException.corrupt(index));
      if (!header.copyId().equals(copyId) || header.index() != index) {
        throw FrameException.misplaced(index);
      }
      int content = plaintext - FrameHeader.BYTES;
      if (!plausible(index, header.last(), content)) {
        throw FrameException.corrupt(index);
      }
      return new OpenedFrame(pool, buffer, index, FrameHeader.BYTES, content, header.last());
    } catch (FrameException e) {
      pool.give(buffer);
      throw e;
    }
  }

  /** Opens a whole object from a whole array. */
  public OpenedFrame openSingle(byte[] stored) {
    return openSingle(stored, 0, stored.length);
  }

  /**
   * Opens a whole object in the format {@code fernet}.
   *
   * @throws FrameException if it is not a token of this copy
   */
  public OpenedFrame openSingle(byte[] stored, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, stored.length);
    if (length > Fernet.tokenLength(FrameLayout.singleCapacity())) {
      throw FrameException.corrupt(0);
    }
    byte[] buffer = pool.take(TokenDecoder.bufferLength(length));
    try {
      int content = decode(0, stored, offset, length, buffer);
      if (!MessageDigest.isEqual(ivs.of(0), TokenDecoder.local().iv())) {
        throw FrameException.misplaced(0);
      }
      return new OpenedFrame(pool, buffer, 0, 0, content, true);
    } catch (FrameException e) {
      pool.give(buffer);
      throw e;
    }
  }

  /** Whether a frame may hold that much content: full unless last, and never a lone frame. */
  static boolean plausible(int index, boolean last, int content) {
    int capacity = FrameLayout.contentCapacity(index);
    return last ? index > 0 && content > 0 && content <= capacity : content == capacity;
  }

  private int decode(int index, byte[] stored, int offset, int length, byte[] buffer) {
    try {
      return TokenDecoder.local().decode(key, stored, offset, length, buffer, second -> true);
    } catch (FernetException e) {
      throw FrameException.corrupt(index);
    }
  }

  private static int tokenLength(byte[] stored, int offset, int length) {
    int end = offset + length;
    while (end > offset && stored[end - 1] == '\n') {
      end--;
    }
    return end - offset;
  }
}
