package io.movingdata.catalog;

import io.movingdata.core.contract.CatalogApi.GetJob;
import io.movingdata.core.contract.CatalogApi.JobList;
import io.movingdata.core.contract.CatalogApi.JobQuery;
import io.movingdata.core.contract.CatalogApi.JobReply;
import io.movingdata.core.contract.CatalogApi.JobTally;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.MoveJob;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.TimeId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Bulk operations and how their moves ended. */
final class JobService {
  private final JobRepository jobs;
  private final MoveRepository moves;
  private final Clock clock;

  JobService(JobRepository jobs, MoveRepository moves, Clock clock) {
    this.jobs = jobs;
    this.moves = moves;
    this.clock = clock;
  }

  /** Carries out {@code CatalogApi.SAVE_JOB}. */
  Future<JobReply> save(MoveJob job) {
    Ids.time("job_id", job.jobId());
    return (job.version() == 0 ? jobs.insert(job) : jobs.replace(job))
        .compose(
            saved ->
                saved.isPresent()
                    ? Future.succeededFuture(saved.get())
                    : jobs.get(job.jobId()).map(found -> savedBefore(found, job)))
        .map(JobReply::new);
  }

  /** The job as it was to be, when only the answer to the first try was lost. */
  private static MoveJob savedBefore(Optional<MoveJob> found, MoveJob job) {
    return found
        .filter(saved -> saved.equals(at(job, job.version() + 1)))
        .orElseThrow(
            () ->
                MovingDataException.of(
                    ErrorCode.VERSION_CONFLICT, "the job changed since it was read"));
  }

  /** Carries out {@code CatalogApi.GET_JOB}. */
  Future<JobReply> get(GetJob request) {
    return jobs.get(Ids.time("job_id", request.jobId()))
        .map(found -> new JobReply(found.orElse(null)));
  }

  /** Carries out {@code CatalogApi.LIST_JOBS}. */
  Future<JobList> list(JobQuery query) {
    return jobs.newest(query.runningOnly(), Ids.limit(query.limit())).map(JobList::new);
  }

  /**
   * Carries out {@code CatalogApi.TALLY_JOB}. The active moves are counted first, and those that
   * end meanwhile are then counted twice rather than not at all: a job never looks finished too
   * early.
   */
  Future<JobTally> tally(GetJob request) {
    String jobId = Ids.time("job_id", request.jobId());
    return moves
        .countActive(jobId)
        .compose(active -> moves.countStuck(jobId).compose(stuck -> tally(jobId, active, stuck)));
  }

  private Future<JobTally> tally(String jobId, long active, long stuck) {
    return Future.all(days(jobId).stream().map(day -> moves.endedByState(jobId, day)).toList())
        .map(
            ended ->
                new JobTally(
                    count(ended.list(), true), count(ended.list(), false) + stuck, active - stuck));
  }

  /** The days on which the job's moves can have been submitted; one more for skewed clocks. */
  private List<LocalDate> days(String jobId) {
    LocalDate last = clock.instant().atZone(ZoneOffset.UTC).toLocalDate().plusDays(2);
    LocalDate first = TimeId.day(jobId).minusDays(1);
    return first.isBefore(last) ? first.datesUntil(last).toList() : List.of();
  }

  private static long count(List<List<JsonObject>> days, boolean done) {
    String wanted = MoveRepository.wire(MoveState.DONE);
    return days.stream()
        .flatMap(List::stream)
        .filter(group -> wanted.equals(group.getString("_id")) == done)
        .mapToLong(group -> group.getLong("count"))
        .sum();
  }

  private static MoveJob at(MoveJob job, long version) {
    return new MoveJob(
        job.jobId(),
        version,
        job.kind(),
        job.selector(),
        job.target(),
        job.priority(),
        job.requester(),
        job.state(),
        job.cursor(),
        job.selected(),
        job.total(),
        job.totalBytes(),
        job.done(),
        job.failed(),
        job.skipped(),
        job.owner(),
        job.leaseUntil(),
        job.createdAt(),
        job.finishedAt());
  }
}
