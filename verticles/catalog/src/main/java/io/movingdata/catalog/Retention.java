package io.movingdata.catalog;

import java.time.Duration;

/**
 * How long what is over is remembered.
 *
 * @param moves ended moves and jobs
 * @param audit the audit trail
 * @param tombstones the versions of deleted files, and markers of copies given up
 */
record Retention(Duration moves, Duration audit, Duration tombstones) {
  /** 30 days of moves, 90 of audit. */
  static Retention withTombstones(Duration tombstones) {
    return new Retention(Duration.ofDays(30), Duration.ofDays(90), tombstones);
  }
}
