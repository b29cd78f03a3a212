package io.movingdata.gateway.content;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Makes a stored copy the file's content. Where the file changed since it was read, the request's
 * conditions are asked again and the last writer wins. A change may be the request's own, whose
 * answer was lost: then it is done, though another may have moved the content on meanwhile.
 */
final class UploadPlacement {
  private static final int MOST_TRIES = 20;
  private static final long PAUSE_MS = 60;

  private final NodeContext node;
  private final Bus bus;

  UploadPlacement(NodeContext node) {
    this.node = node;
    this.bus = node.bus();
  }

  /** The file of an id, null where there is none. */
  Future<FileRecord> read(String fileId) {
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(fileId, false))
        .map(CatalogApi.FileReply::file);
  }

  /** Places the copy on top of the file as it was read. */
  Future<Uploaded> place(
      UploadRequest request,
      Upload upload,
      long size,
      Replica copy,
      LocationConfig target,
      FileRecord before) {
    return attempt(new Job(request, upload, size, copy, target), before, 1);
  }

  private static final class Job {
    private final UploadRequest request;
    private final Upload upload;
    private final long size;
    private final Replica copy;
    private final LocationConfig target;
    private Throwable unknown;

    Job(UploadRequest request, Upload upload, long size, Replica copy, LocationConfig target) {
      this.request = request;
      this.upload = upload;
      this.size = size;
      this.copy = copy;
      this.target = target;
    }

    /** After a placement of unknown outcome a refusal of the next one says nothing. */
    void note(Throwable failure) {
      if (MovingDataException.is(failure, ErrorCode.SERVICE_TIMEOUT)) {
        unknown = failure;
      }
    }

    Throwable answer(Throwable failure) {
      return unknown == null ? failure : unknown;
    }
  }

  private Future<Uploaded> attempt(Job job, FileRecord before, int tried) {
    CatalogApi.Place place =
        new CatalogApi.Place(
            after(job, before),
            before == null ? 0 : before.version(),
            job.copy.copyId(),
            before == null ? "uploaded" : "overwritten",
            node.config().collector().graceMs());
    return Retries.run(
            bus.vertx(),
            RetryPolicy.BUS,
            failure -> MovingDataException.isRetryable(failure) && !conflict(failure),
            () -> bus.request(CatalogApi.PLACE, place).onFailure(job::note))
        .map(reply -> new Uploaded(reply.file(), before == null))
        .recover(
            failure ->
                conflict(failure) && tried < MOST_TRIES
                    ? again(job, before == null, tried)
                    : Future.failedFuture(job.answer(failure)));
  }

  private static boolean conflict(Throwable failure) {
    return MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT);
  }

  private Future<Uploaded> again(Job job, boolean created, int tried) {
    long pause = 1 + ThreadLocalRandom.current().nextLong(PAUSE_MS);
    return bus.vertx()
        .timer(pause, TimeUnit.MILLISECONDS)
        .compose(fired -> read(job.request.fileId()))
        .compose(
            present -> {
              if (job.upload.isContentOf(present)) {
                return Future.succeededFuture(new Uploaded(present, created));
              }
              try {
                job.request.conditions().requireForChange(present);
              } catch (MovingDataException refused) {
                return Future.failedFuture(job.answer(refused));
              }
              return attempt(job, present, tried + 1);
            });
  }

  private FileRecord after(Job job, FileRecord before) {
    Instant now = node.clock().instant();
    return new FileRecord(
        job.request.fileId(),
        0,
        job.upload.contentId(),
        job.size,
        job.upload.sha256(),
        job.request.contentType(),
        job.target.id(),
        List.of(job.copy),
        job.request.metadata(),
        node.policy().get().describe(job.target.id(), job.target.keyring()),
        before == null ? now : before.createdAt(),
        now,
        before == null ? null : before.lastMovedAt(),
        before == null ? null : before.lastMove(),
        before == null ? null : before.pinnedUntil(),
        false);
  }
}
