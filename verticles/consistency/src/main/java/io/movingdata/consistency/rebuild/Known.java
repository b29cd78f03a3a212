package io.movingdata.consistency.rebuild;

import io.movingdata.core.model.FileRecord;
import java.util.Map;
import java.util.Set;

/**
 * What a backup of the catalog says, beside the stores.
 *
 * @param files files and tombstones by id
 * @param givenUp ids of copies that no file may reference again
 */
public record Known(Map<String, FileRecord> files, Set<String> givenUp) {
  /** There is no backup. */
  public static final Known NOTHING = new Known(Map.of(), Set.of());

  /** The file that the backup has, null where it has none. */
  FileRecord live(String fileId) {
    FileRecord file = files.get(fileId);
    return file == null || file.deleted() ? null : file;
  }

  /** The tombstone that the backup has, null where it has none. */
  FileRecord tombstone(String fileId) {
    FileRecord file = files.get(fileId);
    return file == null || !file.deleted() ? null : file;
  }
}
