package io.movingdata.consistency.backup;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.model.BackupKey;
import io.movingdata.core.model.TimeId;
import java.time.Instant;

/**
 * A copy of a backup that lies in a store.
 *
 * @param location where
 * @param id the backup's id
 * @param object the object
 */
record Found(String location, String id, ObjectStat object) {
  static Found of(String location, ObjectStat object) {
    return new Found(location, BackupKey.backupId(object.key()).orElseThrow(), object);
  }

  /** When the backup was begun. */
  Instant at() {
    return TimeId.at(id);
  }
}
