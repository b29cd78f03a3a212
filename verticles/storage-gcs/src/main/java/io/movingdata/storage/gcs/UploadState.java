package io.movingdata.storage.gcs;

import io.movingdata.core.checksum.Crc32cValue;

/**
 * What is known of a resumable upload.
 *
 * @param persisted bytes that the provider holds, from the start; -1 where it has to be asked
 * @param prefix checksum of the first {@code prefixLength} bytes, as they were sent
 * @param prefixLength how far the checksum reaches
 * @param finished the object, once the upload is complete; null before
 */
record UploadState(long persisted, Crc32cValue prefix, long prefixLength, GcsObject finished) {
  /** Nothing sent yet. */
  static final UploadState EMPTY = new UploadState(0, Crc32cValue.EMPTY, 0, null);

  /** The same upload with what the provider says that it holds. */
  UploadState holding(long bytes) {
    return bytes < prefixLength
        ? new UploadState(bytes, Crc32cValue.EMPTY, 0, null)
        : new UploadState(bytes, prefix, prefixLength, null);
  }

  /** The same upload after a request whose effect is not known. */
  UploadState unsure() {
    return new UploadState(-1, prefix, prefixLength, null);
  }

  /** Whether the provider need not be asked. */
  boolean sure() {
    return persisted >= 0;
  }

  /** The same upload, complete. */
  UploadState finished(GcsObject object) {
    return new UploadState(object.size(), prefix, prefixLength, object);
  }

  /** Counts a part that is wholly held now, if the checksum reaches to where it begins. */
  UploadState with(long offset, long size, Crc32cValue part) {
    Crc32cValue whole = through(offset, size, part);
    return whole == null ? this : new UploadState(persisted, whole, offset + size, finished);
  }

  /** The checksum from the start to the end of a part, null where it is not known. */
  Crc32cValue through(long offset, long size, Crc32cValue part) {
    return prefixLength == offset ? Crc32cValue.combine(prefix, part, size) : null;
  }

  /** The checksum of all that the provider holds, -1 where it is not known. */
  long crc32c() {
    if (finished != null) {
      Crc32cValue checksum = finished.checksum();
      return checksum == null ? -1 : Integer.toUnsignedLong(checksum.value());
    }
    return prefixLength == persisted ? Integer.toUnsignedLong(prefix.value()) : -1;
  }
}
