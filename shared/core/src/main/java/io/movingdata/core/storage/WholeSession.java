package io.movingdata.core.storage;

import io.movingdata.core.contract.StorageApi.Appended;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.contract.StorageApi.OpenWrite;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * An open write whose object is sent in one request, at the commit. Nothing of it is durable
 * before, so it cannot be resumed.
 */
final class WholeSession implements OpenedWrite {
  private final ObjectStore store;
  private final OpenWrite request;
  private final PartBuffer content;
  private long received;
  private boolean ended;
  private boolean closed;
  private Future<ObjectStat> commit;

  WholeSession(ObjectStore store, OpenWrite request, ByteBudget budget) {
    this.store = store;
    this.request = request;
    this.content = new PartBuffer(budget, PartBuffer.USUAL);
  }

  @Override
  public long durable() {
    return commit != null && commit.succeeded() ? received : 0;
  }

  @Override
  public String resumeToken() {
    return null;
  }

  @Override
  public Future<Appended> append(long offset, Buffer chunk, boolean partEnd, boolean last) {
    long end = offset + chunk.length();
    if (closed || (end > received && offset != received)) {
      return Future.failedFuture(
          MovingDataException.of(ErrorCode.SESSION_LOST, "expected offset " + received));
    }
    if (end > received) {
      if (ended) {
        return Future.failedFuture(MovingDataException.invalid("offset", "the write has ended"));
      }
      if (!content.add(chunk)) {
        close();
        return Future.failedFuture(MovingDataException.of(ErrorCode.TOO_LARGE, PartBuffer.LIMIT));
      }
      received = end;
      ended = last;
    }
    return content.granted().map(v -> new Appended(received, durable(), null));
  }

  @Override
  public Future<ObjectStat> commit(long size) {
    if (commit != null) {
      return commit;
    }
    Future<ObjectStat> attempt = put(size);
    commit = attempt;
    return attempt.onFailure(failure -> commit = null);
  }

  private Future<ObjectStat> put(long size) {
    if (closed) {
      return Future.failedFuture(
          MovingDataException.of(ErrorCode.SESSION_LOST, "the write was closed"));
    }
    if (received != size) {
      return Future.failedFuture(
          MovingDataException.of(
              ErrorCode.CHECKSUM_MISMATCH, "the write holds " + received + " bytes, not " + size));
    }
    CrashPoint.BEFORE_COMPLETE.reached();
    return store
        .put(key(), request.metadata(), content.bytes())
        .map(CrashPoint.COMPLETED::passed)
        .compose(stat -> Checked.size(stat, size))
        .onSuccess(stat -> content.release());
  }

  @Override
  public Future<Void> discard() {
    return close();
  }

  @Override
  public String key() {
    return request.key();
  }

  @Override
  public boolean busy() {
    return commit != null && !commit.isComplete();
  }

  @Override
  public Future<Void> close() {
    closed = true;
    content.release();
    return Future.succeededFuture();
  }
}
