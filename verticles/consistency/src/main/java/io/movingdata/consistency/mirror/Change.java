package io.movingdata.consistency.mirror;

import io.movingdata.core.model.Delivery;

/**
 * A file that mirrors are to be told of.
 *
 * @param fileId the file
 * @param fileVersion its version
 * @param deleted whether it is gone
 * @param reason what is said to have happened, never relied on
 * @param known what mirrors were told before, null for nothing
 */
record Change(String fileId, long fileVersion, boolean deleted, String reason, Delivery known) {
  /** Whether a mirror is still to be told. */
  boolean owed(String mirror, long generation) {
    return known == null ? !deleted : known.owes(mirror, generation, fileVersion);
  }
}
