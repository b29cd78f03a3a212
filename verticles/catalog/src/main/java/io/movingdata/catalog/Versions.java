package io.movingdata.catalog;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where a document's version starts when its {@code _id} may have been used before: above any that
 * an earlier document of that id can have had, since none changes a thousand times a millisecond.
 * So a compare-and-set that is late never meets the version that it was meant for.
 */
final class Versions {
  private static final int PER_MILLISECOND = 1_000;

  private Versions() {}

  /** The version of a document that begins now. */
  static long first(Instant now) {
    return now.toEpochMilli() * PER_MILLISECOND
        + ThreadLocalRandom.current().nextInt(PER_MILLISECOND);
  }
}
