package io.movingdata.core.security;

import java.util.Arrays;
import java.util.Objects;

/**
 * Encrypts one copy of an object, frame by frame in any order and from any number of threads. The
 * same copy id, creation second and content always give the same bytes, so that any node can resume
 * an interrupted upload.
 */
public final class FrameSealer {
  private static final byte[] NO_HEADER = {};

  private final FernetKey key;
  private final CopyId copyId;
  private final FrameIv ivs;
  private final long second;
  private final BytePool pool;

  /**
   * A sealer for one copy.
   *
   * @param second when the copy was created, in seconds since 1970: the timestamp of all its tokens
   * @param pool where sealed arrays come from; whoever is done with one may give it back there
   */
  public FrameSealer(FernetKey key, CopyId copyId, long second, BytePool pool) {
    this.key = key;
    this.copyId = copyId;
    this.ivs = new FrameIv(key, copyId);
    this.second = second;
    this.pool = pool;
  }

  /** Seals a frame from a whole array. */
  public byte[] seal(int index, boolean last, byte[] content) {
    return seal(index, last, content, 0, content.length);
  }

  /**
   * Seals a frame of an object in the format {@code fernet-frames}.
   *
   * @param last whether it is the object's last frame: that one holds between one byte and its
   *     capacity and is not the first; every other is full
   * @return the frame's stored bytes, newlines included
   * @throws IllegalArgumentException if the content's length is not one the frame may have
   */
  public byte[] seal(int index, boolean last, byte[] content, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, content.length);
    if (!FrameOpener.plausible(index, last, length)) {
      throw new IllegalArgumentException(
          "frame %d%s cannot hold %d bytes; its capacity is %d"
              .formatted(index, last ? " (last)" : "", length, FrameLayout.contentCapacity(index)));
    }
    byte[] header = new FrameHeader(copyId, index, last).toBytes();
    byte[] stored = pool.take(FrameLayout.storedLengthOf(length));
    int end =
        TokenEncoder.local()
            .encode(key, second, ivs.of(index), header, content, offset, length, stored);
    Arrays.fill(stored, end, stored.length, (byte) '\n');
    return stored;
  }

  /** Seals a whole object from a whole array. */
  public byte[] sealSingle(byte[] content) {
    return sealSingle(content, 0, content.length);
  }

  /**
   * Seals a whole object in the format {@code fernet}.
   *
   * @return one standard Fernet token
   * @throws IllegalArgumentException if the content exceeds {@link FrameLayout#singleCapacity()}
   */
  public byte[] sealSingle(byte[] content, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, content.length);
    if (length > FrameLayout.singleCapacity()) {
      throw new IllegalArgumentException(
          "a single token cannot hold %d bytes; its capacity is %d"
              .formatted(length, FrameLayout.singleCapacity()));
    }
    byte[] token = pool.take(Math.toIntExact(Fernet.tokenLength(length)));
    TokenEncoder.local().encode(key, second, ivs.of(0), NO_HEADER, content, offset, length, token);
    return token;
  }
}
