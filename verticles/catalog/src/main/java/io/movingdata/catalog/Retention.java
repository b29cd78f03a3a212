package io.movingdata.catalog;

import java.time.Duration;

/**
 * How long what is over is remembered. What waits for the event broker is not over, and is not
 * here: it leaves the outbox when the broker has it, and no other way.
 *
 * @param moves ended moves and jobs
 * @param audit the audit trail
 * @param events raw access events
 * @param tombstones the versions of deleted files, and markers of copies given up
 */
record Retention(Duration moves, Duration audit, Duration events, Duration tombstones) {
  /** 30 days of moves and events, 90 of audit. */
  static Retention withTombstones(Duration tombstones) {
    return new Retention(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(30), tombstones);
  }
}
