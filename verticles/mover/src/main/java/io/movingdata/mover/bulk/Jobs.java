package io.movingdata.mover.bulk;

import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.model.MoveJob;
import java.time.Duration;
import java.time.Instant;

/** The transitions of a job: running → done, or running → cancelling → cancelled. */
final class Jobs {
  static final String RUNNING = "running";
  static final String CANCELLING = "cancelling";
  static final String CANCELLED = "cancelled";
  static final String DONE = "done";

  private Jobs() {}

  static MoveJob start(String jobId, MoverApi.Bulk request, Instant now) {
    return new MoveJob(
        jobId,
        0,
        request.kind(),
        request.selector(),
        request.target(),
        request.priority(),
        request.requester(),
        RUNNING,
        null,
        false,
        0,
        0,
        0,
        0,
        0,
        null,
        null,
        now,
        null);
  }

  static boolean claimable(MoveJob job, String owner, Instant now) {
    boolean leased = job.owner() != null && job.leaseUntil().isAfter(now);
    return !leased || job.owner().equals(owner);
  }

  static MoveJob claim(MoveJob job, String owner, Instant now, Duration lease) {
    return with(
        job,
        job.state(),
        job.cursor(),
        job.selected(),
        job.total(),
        job.totalBytes(),
        job.done(),
        job.failed(),
        job.skipped(),
        owner,
        now.plus(lease),
        job.finishedAt());
  }

  static MoveJob fed(
      MoveJob job, String cursor, long moves, long bytes, long skipped, Instant leaseUntil) {
    return with(
        job,
        job.state(),
        cursor,
        cursor == null,
        job.total() + moves,
        job.totalBytes() + bytes,
        job.done(),
        job.failed(),
        job.skipped() + skipped,
        job.owner(),
        leaseUntil,
        null);
  }

  static MoveJob counted(MoveJob job, CatalogApi.JobTally tally, Instant leaseUntil) {
    return with(
        job,
        job.state(),
        job.cursor(),
        job.selected(),
        job.total(),
        job.totalBytes(),
        tally.done(),
        tally.failed(),
        job.skipped(),
        job.owner(),
        leaseUntil,
        null);
  }

  static MoveJob cancelling(MoveJob job) {
    return with(
        job,
        CANCELLING,
        job.cursor(),
        true,
        job.total(),
        job.totalBytes(),
        job.done(),
        job.failed(),
        job.skipped(),
        job.owner(),
        job.leaseUntil(),
        null);
  }

  static MoveJob ended(MoveJob job, CatalogApi.JobTally tally, Instant now) {
    String end = job.state().equals(CANCELLING) ? CANCELLED : DONE;
    return with(
        job,
        end,
        null,
        true,
        job.total(),
        job.totalBytes(),
        tally.done(),
        tally.failed(),
        job.skipped(),
        null,
        null,
        now);
  }

  private static MoveJob with(
      MoveJob job,
      String state,
      String cursor,
      boolean selected,
      long total,
      long totalBytes,
      long done,
      long failed,
      long skipped,
      String owner,
      Instant leaseUntil,
      Instant finishedAt) {
    return new MoveJob(
        job.jobId(),
        job.version(),
        job.kind(),
        job.selector(),
        job.target(),
        job.priority(),
        job.requester(),
        state,
        cursor,
        selected,
        total,
        totalBytes,
        done,
        failed,
        skipped,
        owner,
        leaseUntil,
        job.createdAt(),
        finishedAt);
  }
}
