package io.movingdata.core.storage;

import io.movingdata.core.contract.StorageApi.Appended;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * An open write in parts. Chunks gather into a part until one ends it; the part is sent to the
 * provider, several at once where it allows that. Durable is what the provider holds without a gap
 * from the start.
 */
final class UploadSession implements OpenedWrite {
  private final ObjectStore store;
  private final String key;
  private final String uploadId;
  private final ResumeTokens tokens;
  private final ByteBudget budget;
  private final PartLedger ledger;
  private final PartSender sender;
  private PartBuffer filling;
  private long partSize = PartBuffer.USUAL;
  private long received;
  private boolean ended;
  private boolean closed;
  private String token;
  private long tokenOffset;
  private Future<ObjectStat> commit;

  UploadSession(
      ObjectStore store,
      String key,
      String uploadId,
      UploadedParts held,
      ResumeTokens tokens,
      ByteBudget budget) {
    this.store = store;
    this.key = key;
    this.uploadId = uploadId;
    this.tokens = tokens;
    this.budget = budget;
    this.ledger = new PartLedger(held);
    this.sender = new PartSender(store, key, uploadId, ledger);
    this.received = held.size();
    seal();
  }

  @Override
  public long durable() {
    return ledger.durable();
  }

  @Override
  public String resumeToken() {
    if (tokenOffset != ledger.durable()) {
      seal();
    }
    return token;
  }

  private void seal() {
    tokenOffset = ledger.durable();
    token = tokens.seal(new ResumePoint(key, uploadId, tokenOffset, ledger.crc32c()));
  }

  @Override
  public Future<Appended> append(long offset, Buffer chunk, boolean partEnd, boolean last) {
    if (closed || sender.failure() != null) {
      return Future.failedFuture(lost("the write has failed; open it again"));
    }
    long end = offset + chunk.length();
    if (end <= received) {
      return ledger.pendingEnd(end) ? sender.durableAt(end).map(v -> state()) : accepted();
    }
    if (offset != received) {
      return Future.failedFuture(lost("expected offset " + received));
    }
    if (ended) {
      return Future.failedFuture(MovingDataException.invalid("offset", "the write has ended"));
    }
    boolean opens = filling == null;
    if (opens) {
      filling = new PartBuffer(budget, partSize);
    }
    PartBuffer part = filling;
    if (!part.add(chunk)) {
      close();
      return Future.failedFuture(MovingDataException.of(ErrorCode.TOO_LARGE, PartBuffer.LIMIT));
    }
    received = end;
    if (partEnd || last) {
      partSize = part.size();
      filling = null;
      ended = last;
      sender.send(part, last);
      return sender.durableAt(received).map(v -> state());
    }
    return opens ? part.granted().compose(v -> sender.room()).map(v -> state()) : accepted();
  }

  private Future<Appended> accepted() {
    return Future.succeededFuture(state());
  }

  private Appended state() {
    return new Appended(received, ledger.durable(), resumeToken());
  }

  @Override
  public Future<ObjectStat> commit(long size) {
    if (commit != null) {
      return commit;
    }
    Future<ObjectStat> attempt = complete(size);
    commit = attempt;
    return attempt.onFailure(failure -> commit = null);
  }

  private Future<ObjectStat> complete(long size) {
    if (closed) {
      return Future.failedFuture(lost("the write was closed"));
    }
    if (received != size) {
      return Future.failedFuture(
          MovingDataException.of(
              ErrorCode.CHECKSUM_MISMATCH, "the write holds " + received + " bytes, not " + size));
    }
    if (filling != null || size == 0) {
      return Future.failedFuture(MovingDataException.invalid("size", "the last part has no end"));
    }
    return sender
        .durableAt(size)
        .map(CrashPoint.BEFORE_COMPLETE::passed)
        .compose(v -> store.completeUpload(key, uploadId, ledger.parts()))
        .map(CrashPoint.COMPLETED::passed)
        .recover(failure -> completedBefore(failure, size))
        .compose(stat -> Checked.size(stat, size));
  }

  /** A provider forgets an upload that was completed by an earlier try whose answer was lost. */
  private Future<ObjectStat> completedBefore(Throwable failure, long size) {
    if (!MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)) {
      return Future.failedFuture(failure);
    }
    return store
        .stat(key)
        .compose(stat -> Checked.size(stat, size))
        .compose(stat -> Checked.crc32c(stat, ledger.crc32c()))
        .recover(absent -> Future.failedFuture(lost("the provider forgot the upload")));
  }

  @Override
  public Future<Void> discard() {
    return close().compose(v -> store.abortUpload(key, uploadId));
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public boolean busy() {
    return sender.busy() || (commit != null && !commit.isComplete());
  }

  @Override
  public Future<Void> close() {
    closed = true;
    if (filling != null) {
      filling.release();
      filling = null;
    }
    return sender.close();
  }

  private static MovingDataException lost(String why) {
    return MovingDataException.of(ErrorCode.SESSION_LOST, why);
  }
}
