package io.movingdata.core.storage;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.storage.ByteBudget.Grant;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.zip.CRC32C;

/** The chunks of one part, gathered, with their checksum and the memory that they are granted. */
final class PartBuffer {
  /** How large a part usually is, until a write has shown it: 10.5 MiB. */
  static final long USUAL = 42L * 256 * 1024;

  /** Why a part was refused. */
  static final String LIMIT = "a part may hold at most 84 MiB";

  private static final int MAX = 84 * 1024 * 1024;
  private static final int SLICE = 16 * 1024;

  private final Future<Grant> grant;
  private final CRC32C crc = new CRC32C();
  private final int expected;
  private Buffer bytes;

  /**
   * An empty part.
   *
   * @param expected how large it is likely to become; so much is asked of the budget
   */
  PartBuffer(ByteBudget budget, long expected) {
    this.expected = (int) expected;
    this.grant = budget.acquire(expected);
  }

  /** Takes a chunk, or refuses one that makes the part too large. */
  boolean add(Buffer chunk) {
    if (size() + chunk.length() > MAX) {
      return false;
    }
    if (bytes == null) {
      bytes = Buffer.buffer(Math.max(expected, chunk.length()));
    }
    bytes.appendBuffer(chunk);
    sum(chunk);
    return true;
  }

  private void sum(Buffer chunk) {
    byte[] slice = new byte[Math.min(SLICE, chunk.length())];
    for (int at = 0; at < chunk.length(); at += SLICE) {
      int length = Math.min(SLICE, chunk.length() - at);
      chunk.getBytes(at, at + length, slice);
      crc.update(slice, 0, length);
    }
  }

  /** Completes once the memory is granted. */
  Future<Void> granted() {
    return grant.mapEmpty();
  }

  int size() {
    return bytes == null ? 0 : bytes.length();
  }

  Buffer bytes() {
    return bytes == null ? Buffer.buffer() : bytes;
  }

  Crc32cValue checksum() {
    return Crc32cValue.of(crc);
  }

  /** Drops the bytes and gives the memory back, also where it is granted later. */
  void release() {
    bytes = null;
    grant.onSuccess(Grant::release);
  }
}
