package io.movingdata.mover.bulk;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveJob;
import io.movingdata.core.model.TimeId;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** Plans bulk operations and starts them as durable jobs. */
public final class BulkService {
  private static final double GIB = 1024.0 * 1024 * 1024;

  private final NodeContext node;
  private final Bus bus;
  private final Authorizer authorizer;
  private final AuditLog audit;
  private final Throughput throughput;

  public BulkService(
      NodeContext node, Authorizer authorizer, AuditLog audit, Throughput throughput) {
    this.node = node;
    this.bus = node.bus();
    this.authorizer = authorizer;
    this.audit = audit;
    this.throughput = throughput;
  }

  /** What a plan adds up while it reads the selection. */
  private static final class Sum {
    long count;
    long bytes;
    long skipped;
    double egress;
  }

  /** Serves {@link MoverApi#BULK}. */
  public Future<MoverApi.BulkReply> bulk(MoverApi.Bulk request) {
    Selection.check(request.selector());
    if (request.priority() < 0 || request.priority() > 9) {
      throw MovingDataException.invalid("priority", "must be 0 to 9");
    }
    node.config().requireLocation(request.target());
    authorizer.require(request.requester(), "move.bulk", null, List.of(request.target()));
    Sum sum = new Sum();
    return plan(request, sum, null)
        .compose(
            planned ->
                request.dryRun()
                    ? Future.succeededFuture(reply(null, sum))
                    : start(request).map(job -> reply(job, sum)));
  }

  private MoverApi.BulkReply reply(MoveJob job, Sum sum) {
    double seconds = throughput.estimateSeconds(sum.count, sum.bytes);
    return new MoverApi.BulkReply(job, sum.count, sum.bytes, sum.skipped, sum.egress, seconds);
  }

  private Future<Void> plan(MoverApi.Bulk request, Sum sum, String cursor) {
    return Selection.page(bus, request.selector(), cursor)
        .compose(
            page -> {
              page.files().forEach(file -> add(request, sum, file));
              return page.next() == null
                  ? Future.succeededFuture()
                  : plan(request, sum, page.next());
            });
  }

  private void add(MoverApi.Bulk request, Sum sum, FileRecord file) {
    boolean skips =
        Selection.there(file, request.target(), request.kind())
            || !authorizer.allows(request.requester(), file.primary());
    if (skips) {
      sum.skipped++;
      return;
    }
    sum.count++;
    sum.bytes += file.sizeBytes();
    double price =
        node.config().location(file.primary()).map(LocationConfig::egressPerGb).orElse(0.0);
    sum.egress += file.sizeBytes() / GIB * price;
  }

  private Future<MoveJob> start(MoverApi.Bulk request) {
    Instant now = node.clock().instant();
    MoveJob job = Jobs.start(TimeId.next(now), request, now);
    return bus.request(CatalogApi.SAVE_JOB, job)
        .map(
            reply -> {
              audit.record(
                  request.requester(),
                  "move.bulk",
                  null,
                  request.target(),
                  "allowed",
                  "job " + job.jobId(),
                  null);
              bus.publish(Events.WORK, new Events.WorkHint("jobs"));
              return reply.job();
            });
  }

  /** Serves {@link MoverApi#CANCEL_JOB}: the feeder cancels what is active. */
  public Future<MoverApi.JobView> cancel(MoverApi.JobRef request) {
    return Retries.run(
            bus.vertx(),
            RetryPolicy.BUS,
            failure -> MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT),
            () -> cancelOnce(request))
        .map(
            job -> {
              audit.record(
                  request.requester(),
                  "move.bulk-cancel",
                  null,
                  job.target(),
                  "allowed",
                  "job " + job.jobId(),
                  null);
              bus.publish(Events.WORK, new Events.WorkHint("jobs"));
              return new MoverApi.JobView(job);
            });
  }

  private Future<MoveJob> cancelOnce(MoverApi.JobRef request) {
    if (!TimeId.valid(request.jobId())) {
      throw MovingDataException.of(ErrorCode.MOVE_NOT_FOUND, "no job of this id");
    }
    return bus.request(CatalogApi.GET_JOB, new CatalogApi.GetJob(request.jobId()))
        .compose(
            reply -> {
              MoveJob job = reply.job();
              if (job == null) {
                throw MovingDataException.of(ErrorCode.MOVE_NOT_FOUND, "no job of this id");
              }
              authorizer.require(
                  request.requester(), "move.bulk-cancel", null, List.of(job.target()));
              if (!job.state().equals(Jobs.RUNNING)) {
                throw MovingDataException.of(ErrorCode.CONFLICT, "the job is " + job.state());
              }
              return bus.request(CatalogApi.SAVE_JOB, Jobs.cancelling(job))
                  .map(CatalogApi.JobReply::job);
            });
  }
}
