package io.movingdata.storage.gcs;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;

/**
 * What a stored object must be.
 *
 * @param size bytes
 * @param crc32c of all of them; null where it is not known, and size alone counts
 */
record ObjectCheck(long size, Crc32cValue crc32c) {
  /**
   * The object, if it is what it must be.
   *
   * @throws MovingDataException {@code CHECKSUM_MISMATCH} if it is not
   */
  GcsObject passed(GcsObject object) {
    String fault = fault(object);
    if (fault != null) {
      throw MovingDataException.of(ErrorCode.CHECKSUM_MISMATCH, fault);
    }
    return object;
  }

  /** What is wrong with an object, null for nothing. */
  String fault(GcsObject object) {
    if (object.size() != size) {
      return "GCS stored %d bytes instead of %d".formatted(object.size(), size);
    }
    boolean same = crc32c == null || crc32c.equals(object.checksum());
    return same ? null : "GCS stored other bytes than were sent";
  }
}
