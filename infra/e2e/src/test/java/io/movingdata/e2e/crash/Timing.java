package io.movingdata.e2e.crash;

import java.time.Duration;

/** Times that nodes are configured with, and how long a cell waits. */
final class Timing {
  /** How long a node's claim holds. */
  static final Duration LEASE = Duration.ofMillis(1500);

  /** How long garbage is kept. */
  static final Duration GRACE = Duration.ofSeconds(1);

  /** After how long without progress a copy under way is abandoned. */
  static final Duration STALE = Duration.ofSeconds(5);

  /** How long a frozen node stays so: past its lease by far. */
  static final Duration FROZEN = LEASE.multipliedBy(3);

  /** Until when a node must come to its point. */
  static final Duration REACHED = Duration.ofSeconds(60);

  /** Until when everything must have come to rest after the last fault. */
  static final Duration REST = Duration.ofMinutes(2);

  private Timing() {}
}
