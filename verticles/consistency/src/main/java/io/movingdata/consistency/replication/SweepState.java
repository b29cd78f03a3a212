package io.movingdata.consistency.replication;

import io.movingdata.core.contract.ReplicationApi.Progress;
import java.time.Instant;

/**
 * How far a comparison of all files with the policy has come: pure, kept in the catalog.
 *
 * @param policyVersion the policy that files are compared with, -1 before the first
 * @param cursor where it goes on, null at the start and at the end
 * @param running whether it has not come to its end
 * @param examined files compared
 * @param lacking copies found missing
 * @param copied copies made
 * @param copying copies being made
 * @param failed copies that could not be made
 * @param pruned copies removed
 * @param startedAt when it began
 * @param finishedAt when the last whole one ended
 * @param lastError why the last copy could not be made
 */
record SweepState(
    long policyVersion,
    String cursor,
    boolean running,
    long examined,
    long lacking,
    long copied,
    long copying,
    long failed,
    long pruned,
    Instant startedAt,
    Instant finishedAt,
    String lastError) {

  static SweepState none() {
    return new SweepState(-1, null, false, 0, 0, 0, 0, 0, 0, null, null, null);
  }

  SweepState begun(long version, Instant now) {
    return new SweepState(version, null, true, 0, 0, 0, copying, 0, 0, now, finishedAt, lastError);
  }

  /** Whether a sweep is due: the first, one for another policy, or the next by time. */
  boolean due(long version, long sweepMs, Instant now) {
    return policyVersion != version
        || finishedAt == null
        || !finishedAt.plusMillis(sweepMs).isAfter(now);
  }

  SweepState at(String next, long files) {
    return new SweepState(
        policyVersion,
        next,
        true,
        files + examined,
        lacking,
        copied,
        copying,
        failed,
        pruned,
        startedAt,
        finishedAt,
        lastError);
  }

  SweepState ended(Instant now, long files) {
    return new SweepState(
        policyVersion,
        null,
        false,
        files + examined,
        lacking,
        copied,
        copying,
        failed,
        pruned,
        startedAt,
        now,
        failed == 0 ? null : lastError);
  }

  SweepState found(long copies) {
    return counted(copies, 0, 0, 0, lastError);
  }

  SweepState made() {
    return counted(0, 1, 0, 0, lastError);
  }

  SweepState failed(String error) {
    return counted(0, 0, 1, 0, error);
  }

  SweepState removed() {
    return counted(0, 0, 0, 1, lastError);
  }

  private SweepState counted(long found, long made, long lost, long removed, String error) {
    return new SweepState(
        policyVersion,
        cursor,
        running,
        examined,
        lacking + found,
        copied + made,
        copying,
        failed + lost,
        pruned + removed,
        startedAt,
        finishedAt,
        error);
  }

  SweepState copying(long now) {
    return new SweepState(
        policyVersion,
        cursor,
        running,
        examined,
        lacking,
        copied,
        now,
        failed,
        pruned,
        startedAt,
        finishedAt,
        lastError);
  }

  /** As others see it. */
  Progress progress(boolean trivial) {
    String state = running ? "sweeping" : "waiting";
    return new Progress(
        trivial ? "idle" : state,
        policyVersion,
        examined,
        lacking,
        copied,
        trivial ? 0 : copying,
        failed,
        pruned,
        startedAt,
        finishedAt,
        lastError);
  }
}
