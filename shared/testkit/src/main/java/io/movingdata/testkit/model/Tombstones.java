package io.movingdata.testkit.model;

import io.movingdata.core.model.FileRecord;
import java.time.Instant;
import java.util.List;

/** The documents of files that are not, or not yet. */
final class Tombstones {
  private Tombstones() {}

  static FileRecord of(String fileId, long version, Instant now) {
    return new FileRecord(
        fileId, version, null, 0, null, null, null, List.of(), List.of(), null, now, now, null,
        null, null, true);
  }
}
