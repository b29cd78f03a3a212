package io.movingdata.mover.simulate;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.contract.StorageApi.WriteSession;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.judge.RequestKind;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.Replica;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.security.FrameLayout;
import io.movingdata.core.security.ObjectLayout;
import io.movingdata.core.transfer.DurableListener;
import io.movingdata.core.transfer.StoredCopy;
import io.movingdata.mover.simulate.SimulatedProvider.Stored;
import io.movingdata.mover.transfer.Transfers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Transfers frame by frame, without bytes. */
final class SimulatedTransfers implements Transfers {
  private final Life life;
  private final Vertx vertx;

  SimulatedTransfers(Life life, Vertx vertx) {
    this.life = life;
    this.vertx = vertx;
  }

  @Override
  public Future<StoredCopy> write(Job job, DurableListener listener, BooleanSupplier cancelled) {
    Supplier<Future<String>> frame =
        () ->
            read(job.file(), job.source())
                .map(
                    sha256 -> {
                      if (cancelled.getAsBoolean()) {
                        throw failure(ErrorCode.CONFLICT);
                      }
                      return sha256;
                    });
    return store(job.copy(), job.file().sizeBytes(), job.resumeToken(), listener, frame);
  }

  /**
   * Writes a copy.
   *
   * @param frame reads one frame's content, or makes it
   */
  Future<StoredCopy> store(
      CopyIntent copy,
      long size,
      String resumeToken,
      DurableListener listener,
      Supplier<Future<String>> frame) {
    ObjectLayout layout = new ObjectLayout(size);
    if (copy.format() == ObjectFormat.FERNET) {
      return frame
          .get()
          .compose(sha256 -> retried(() -> put(copy, sha256, layout.storedSize())))
          .map(stat -> compared(stat, layout));
    }
    return begin(copy, resumeToken)
        .compose(
            session ->
                listener
                    .durable(session.durable(), session.resumeToken())
                    .compose(told -> parts(copy, layout, session, listener, frame)))
        .map(stat -> compared(stat, layout));
  }

  private Future<ObjectStat> put(CopyIntent copy, String sha256, long bytes) {
    SimulatedProvider provider = life.world().providers().at(copy.location());
    return life.world()
        .providers()
        .ask(
            life,
            copy.location(),
            RequestKind.PUT,
            copy.key(),
            e -> honest(e, provider.put(copy, sha256, bytes, e == Effect.CORRUPT)));
  }

  private Future<WriteSession> begin(CopyIntent copy, String token) {
    SimulatedProvider provider = life.world().providers().at(copy.location());
    return life.world()
        .providers()
        .ask(
            life, copy.location(), RequestKind.BEGIN, copy.key(), e -> provider.begin(copy, token));
  }

  private Future<ObjectStat> parts(
      CopyIntent copy,
      ObjectLayout layout,
      WriteSession session,
      DurableListener listener,
      Supplier<Future<String>> frame) {
    int next = FrameLayout.frameAtStored(session.durable());
    if (session.durable() >= layout.storedSize()) {
      return complete(copy, session);
    }
    return frame
        .get()
        .compose(
            sha256 -> {
              long end = layout.storedOffset(next) + layout.storedLength(next);
              return part(copy, session, end, sha256);
            })
        .compose(
            durable ->
                listener
                    .durable(durable, session.resumeToken())
                    .compose(
                        told -> {
                          WriteSession further =
                              new WriteSession(
                                  session.address(),
                                  session.session(),
                                  durable,
                                  session.resumeToken());
                          return parts(copy, layout, further, listener, frame);
                        }));
  }

  private Future<Long> part(CopyIntent copy, WriteSession session, long end, String sha256) {
    SimulatedProvider provider = life.world().providers().at(copy.location());
    return life.world()
        .providers()
        .ask(
            life,
            copy.location(),
            RequestKind.PART,
            copy.key(),
            e -> provider.part(session.session(), end, sha256, e == Effect.CORRUPT));
  }

  /** A completion whose answer is lost shows in the object itself. */
  private Future<ObjectStat> complete(CopyIntent copy, WriteSession session) {
    SimulatedProvider provider = life.world().providers().at(copy.location());
    return life.world()
        .providers()
        .ask(
            life,
            copy.location(),
            RequestKind.COMPLETE,
            copy.key(),
            e -> honest(e, provider.complete(session.session())))
        .recover(
            failure ->
                MovingDataException.isRetryable(failure)
                        && !MovingDataException.is(failure, ErrorCode.CHECKSUM_MISMATCH)
                    ? stat(copy).recover(absent -> Future.failedFuture(failure))
                    : Future.failedFuture(failure));
  }

  private Future<ObjectStat> stat(CopyIntent copy) {
    SimulatedProvider provider = life.world().providers().at(copy.location());
    return life.world()
        .providers()
        .ask(life, copy.location(), RequestKind.READ, copy.key(), e -> provider.stat(copy.key()));
  }

  private static ObjectStat honest(Effect effect, ObjectStat stat) {
    if (effect == Effect.WRONG_ANSWER) {
      throw failure(ErrorCode.CHECKSUM_MISMATCH);
    }
    return stat;
  }

  private static StoredCopy compared(ObjectStat stat, ObjectLayout layout) {
    if (stat.size() != layout.storedSize()) {
      throw failure(ErrorCode.CHECKSUM_MISMATCH);
    }
    return new StoredCopy(stat.size(), stat.etag(), stat.checksum());
  }

  @Override
  public Future<Void> readBack(FileRecord file, Replica copy, LongConsumer listener) {
    return readAll(file, copy, listener).mapEmpty();
  }

  /** Reads a copy whole; its content. */
  Future<String> readAll(FileRecord file, Replica copy) {
    return readAll(file, copy, read -> {});
  }

  private Future<String> readAll(FileRecord file, Replica copy, LongConsumer listener) {
    return frames(file, copy, new ObjectLayout(file.sizeBytes()), 0, listener)
        .map(
            sha256 -> {
              if (!sha256.equals(file.sha256())) {
                throw failure(ErrorCode.CORRUPT_OBJECT);
              }
              return sha256;
            });
  }

  private Future<String> frames(
      FileRecord file, Replica copy, ObjectLayout layout, int index, LongConsumer listener) {
    return read(file, copy)
        .compose(
            sha256 -> {
              listener.accept(layout.contentOffset(index) + layout.contentLength(index));
              return index + 1 == layout.frames()
                  ? Future.succeededFuture(sha256)
                  : frames(file, copy, layout, index + 1, listener);
            });
  }

  /** A frame's content, once it has been authenticated. */
  private Future<String> read(FileRecord file, Replica copy) {
    SimulatedProvider provider = life.world().providers().at(copy.location());
    boolean fits = new ObjectLayout(file.sizeBytes()).storedSize() == copy.bytes();
    return retried(
        () ->
            life.world()
                .providers()
                .ask(
                    life,
                    copy.location(),
                    RequestKind.READ,
                    copy.key(),
                    e -> {
                      Stored stored = provider.read(copy.key());
                      stored.seen = true;
                      stored.readAt = life.world().time().now();
                      boolean authentic =
                          fits
                              && e != Effect.CORRUPT
                              && !stored.damaged
                              && stored.bytes == copy.bytes()
                              && stored.metadata.copyId().equals(copy.copyId());
                      if (!authentic) {
                        throw failure(ErrorCode.CORRUPT_OBJECT);
                      }
                      return stored.sha256;
                    }));
  }

  private <T> Future<T> retried(Supplier<Future<T>> request) {
    return Retries.run(vertx, RetryPolicy.BUS, request);
  }

  private static MovingDataException failure(ErrorCode code) {
    return MovingDataException.of(code, code.title());
  }
}
