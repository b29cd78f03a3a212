package io.movingdata.mover.bulk;

import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Registration;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveJob;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.mover.state.MoveMachine;
import io.movingdata.mover.submit.SubmitService;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds running jobs: one page of the selection after another becomes moves, while no more than the
 * configured number of a job's moves are active. A job is fed under a lease; whoever takes over
 * after a crash repeats at most one page, whose files are there already or have their move.
 */
public final class JobFeeder {
  private static final Logger LOG = LoggerFactory.getLogger(JobFeeder.class);
  private static final int MOST_JOBS = 100;

  private final NodeContext node;
  private final Bus bus;
  private final SubmitService submits;
  private final Authorizer authorizer;
  private final Duration lease;
  private Registration hints;
  private long timer = -1;
  private boolean busy;

  public JobFeeder(NodeContext node, SubmitService submits, Authorizer authorizer) {
    this.node = node;
    this.bus = node.bus();
    this.submits = submits;
    this.authorizer = authorizer;
    this.lease = Duration.ofMillis(Math.max(10_000, node.config().mover().leaseMs()));
  }

  /** Starts feeding. */
  public Future<Void> start() {
    timer = bus.vertx().setPeriodic(node.config().mover().pollMs(), fired -> round());
    return bus.subscribe(
            Events.WORK,
            hint -> {
              if (hint.what().equals("jobs")) {
                round();
              }
            })
        .map(
            registered -> {
              hints = registered;
              return null;
            });
  }

  /** Stops; another node goes on. */
  public Future<Void> stop() {
    bus.vertx().cancelTimer(timer);
    return hints == null ? Future.succeededFuture() : hints.close();
  }

  private void round() {
    if (busy) {
      return;
    }
    busy = true;
    bus.request(CatalogApi.LIST_JOBS, new CatalogApi.JobQuery(true, MOST_JOBS))
        .compose(list -> inTurn(list.jobs(), 0))
        .onComplete(
            done -> busy = false,
            failure -> {
              busy = false;
              LOG.debug("jobs are not fed: {}", failure.getMessage());
            });
  }

  private Future<Void> inTurn(List<MoveJob> jobs, int index) {
    if (index == jobs.size()) {
      return Future.succeededFuture();
    }
    return feed(jobs.get(index))
        .recover(
            failure -> {
              LOG.debug("job {} waits: {}", jobs.get(index).jobId(), failure.getMessage());
              return Future.succeededFuture();
            })
        .compose(fed -> inTurn(jobs, index + 1));
  }

  private Future<Void> feed(MoveJob job) {
    Instant now = node.clock().instant();
    String self = node.config().node().id();
    if (!Jobs.claimable(job, self, now)) {
      return Future.succeededFuture();
    }
    return save(Jobs.claim(job, self, now, lease)).compose(this::step);
  }

  private Future<Void> step(MoveJob job) {
    return bus.request(CatalogApi.TALLY_JOB, new CatalogApi.GetJob(job.jobId()))
        .compose(
            tally -> {
              if (job.state().equals(Jobs.CANCELLING)) {
                return tally.active() == 0 ? end(job, tally) : cancelActive(job);
              }
              if (job.selected()) {
                return tally.active() == 0
                    ? end(job, tally)
                    : save(Jobs.counted(job, tally, leaseEnd())).mapEmpty();
              }
              boolean full = tally.active() + Selection.PAGE > node.config().mover().activePerJob();
              return full && tally.active() > 0
                  ? save(Jobs.counted(job, tally, leaseEnd())).mapEmpty()
                  : page(job).compose(this::step);
            });
  }

  private Future<MoveJob> page(MoveJob job) {
    return Selection.page(bus, job.selector(), job.cursor())
        .compose(
            page -> {
              List<Future<Boolean>> moves = new ArrayList<>();
              long bytes = 0;
              for (FileRecord file : page.files()) {
                if (wanted(job, file)) {
                  moves.add(insert(job, file));
                  bytes += file.sizeBytes();
                }
              }
              long selectedBytes = bytes;
              return Future.join(moves).compose(done -> fed(job, page, moves, selectedBytes));
            });
  }

  private Future<MoveJob> fed(
      MoveJob job, CatalogApi.FilePage page, List<Future<Boolean>> moves, long bytes) {
    long inserted = moves.stream().filter(Future::result).count();
    long skipped = page.files().size() - inserted;
    bus.publish(Events.WORK, new Events.WorkHint("moves"));
    return save(Jobs.fed(job, page.next(), inserted, bytes, skipped, leaseEnd()));
  }

  private boolean wanted(MoveJob job, FileRecord file) {
    return !Selection.there(file, job.target(), job.kind())
        && authorizer.allows(job.requester(), file.primary());
  }

  /** True where the file's move belongs to this job now. */
  private Future<Boolean> insert(MoveJob job, FileRecord file) {
    MoverApi.Submit request =
        new MoverApi.Submit(file.id(), job.target(), job.kind(), job.priority(), job.requester());
    return submits
        .insert(request, file, job.jobId())
        .map(ticket -> job.jobId().equals(ticket.move().jobId()))
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.MOVE_IN_PROGRESS)
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(failure));
  }

  private Future<Void> cancelActive(MoveJob job) {
    CatalogApi.MoveQuery active = new CatalogApi.MoveQuery(null, null, job.jobId(), 1000, null);
    return bus.request(CatalogApi.LIST_MOVES, active)
        .compose(
            page -> {
              List<Future<Void>> cancels =
                  page.moves().stream().filter(JobFeeder::undecided).map(this::cancel).toList();
              return Future.join(cancels).transform(done -> Future.succeededFuture());
            })
        .map(
            done -> {
              bus.publish(Events.WORK, new Events.WorkHint("moves"));
              return null;
            });
  }

  private static boolean undecided(MoveRecord move) {
    return !move.state().terminal()
        && move.state() != MoveState.COMMITTED
        && !move.cancelRequested();
  }

  private Future<Void> cancel(MoveRecord move) {
    return bus.request(CatalogApi.SAVE_MOVE, MoveMachine.requestCancel(move)).mapEmpty();
  }

  private Future<Void> end(MoveJob job, CatalogApi.JobTally tally) {
    return save(Jobs.ended(job, tally, node.clock().instant()))
        .map(
            ended -> {
              LOG.info(
                  "job {} is {}: {} moved, {} failed, {} skipped",
                  ended.jobId(),
                  ended.state(),
                  ended.done(),
                  ended.failed(),
                  ended.skipped());
              return null;
            });
  }

  private Instant leaseEnd() {
    return node.clock().instant().plus(lease);
  }

  private Future<MoveJob> save(MoveJob job) {
    return bus.request(CatalogApi.SAVE_JOB, job).map(CatalogApi.JobReply::job);
  }
}
