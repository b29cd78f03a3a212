package io.movingdata.core.security;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The first 32 bytes of a frame's plaintext, which fix the frame's place: magic {@code MDF1}, flags
 * (1 = last), three zero bytes, frame index (8 bytes, big-endian), copy id (16 bytes).
 */
record FrameHeader(CopyId copyId, long index, boolean last) {
  static final int BYTES = 32;

  private static final int MAGIC = 0x4D444631;
  private static final int LAST = 1 << 24;

  byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putInt(MAGIC)
        .putInt(last ? LAST : 0)
        .putLong(index)
        .put(copyId.bytes())
        .array();
  }

  /** Reads the header at the start of a plaintext; empty if there is none. */
  static Optional<FrameHeader> read(byte[] plaintext, int length) {
    if (length < BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(plaintext, 0, BYTES);
    int magic = in.getInt();
    int flags = in.getInt();
    if (magic != MAGIC || (flags != 0 && flags != LAST)) {
      return Optional.empty();
    }
    long index = in.getLong();
    CopyId copyId = CopyId.ofBytes(Arrays.copyOfRange(plaintext, in.position(), BYTES));
    return Optional.of(new FrameHeader(copyId, index, flags == LAST));
  }
}
