package io.movingdata.core.transfer;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.contract.StorageApi.WriteSession;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.vertx.core.Future;

/**
 * The end of a copy whose frames are all durable: completes its session. A commit may be repeated;
 * one whose answer is lost for good shows in the object itself.
 */
final class CopyCommit {
  private final TransferContext context;
  private final WriteTarget target;
  private final WriteSession session;

  CopyCommit(TransferContext context, WriteTarget target, WriteSession session) {
    this.context = context;
    this.target = target;
    this.session = session;
  }

  /** What the provider says of the object of so many bytes. */
  Future<ObjectStat> complete(long size) {
    return Retries.run(
            context.vertx(),
            RetryPolicy.BUS,
            CopyCommit::unknownOutcome,
            () -> context.storage().commit(session, size))
        .recover(
            cause ->
                unknownOutcome(cause) || MovingDataException.is(cause, ErrorCode.SESSION_LOST)
                    ? committedAfterAll(cause)
                    : Future.failedFuture(cause));
  }

  private static boolean unknownOutcome(Throwable cause) {
    return MovingDataException.isRetryable(cause)
        && !MovingDataException.is(cause, ErrorCode.CHECKSUM_MISMATCH)
        && !MovingDataException.is(cause, ErrorCode.SESSION_LOST);
  }

  private Future<ObjectStat> committedAfterAll(Throwable cause) {
    return context
        .storage()
        .stat(target.location(), target.key())
        .recover(absent -> Future.failedFuture(cause));
  }
}
