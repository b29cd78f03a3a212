package io.movingdata.e2e.crash;

import java.time.Duration;

/**
 * What came of a cell.
 *
 * @param faults how many faults were injected
 * @param acknowledged how many contents and deletions clients were told to be safe
 * @param lost how many of them were not
 * @param rested how long after the last fault nothing was left over; null where it never was so
 * @param failure what is wrong, null where nothing is
 */
record Result(
    Cell cell,
    int faults,
    int acknowledged,
    int lost,
    Duration rested,
    Duration took,
    String failure) {
  boolean passed() {
    return failure == null;
  }
}
