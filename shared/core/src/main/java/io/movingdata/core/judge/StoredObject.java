package io.movingdata.core.judge;

import io.movingdata.core.transfer.ObjectMetadata;
import java.time.Instant;

/**
 * An object as its provider holds it.
 *
 * @param key its name
 * @param bytes stored size
 * @param metadata our metadata beside it, null where it has none of ours
 * @param lastModified when it was written, null where unknown
 * @param reading what came of reading it back
 */
public record StoredObject(
    String key, long bytes, ObjectMetadata metadata, Instant lastModified, Reading reading) {

  public StoredObject {
    reading = reading == null ? Reading.none() : reading;
  }
}
