package io.movingdata.catalog.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.bulk.BulkWriteError;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one translation of the driver's failures: {@code CATALOG_DOWN} where the store did nothing,
 * {@code SERVICE_TIMEOUT} where a change may have happened. What it does not know it returns as it
 * is. A read that failed the driver has tried twice.
 */
final class MongoErrors {
  /** How long a caller should wait before it tries again. */
  static final long RETRY_AFTER_MS = 1_000;

  private static final int DUPLICATE_KEY = 11000;
  private static final int EXCEEDED_TIME_LIMIT = 50;

  private MongoErrors() {}

  /** Whether a unique index refused the write. */
  static boolean duplicateKey(Throwable failure) {
    return failure instanceof MongoException e
        && (e.getCode() == DUPLICATE_KEY
            || ErrorCategory.fromErrorCode(e.getCode()) == ErrorCategory.DUPLICATE_KEY);
  }

  /** Whether unique indexes refused some of the writes of a batch and nothing else went wrong. */
  static boolean onlyDuplicateKeys(Throwable failure) {
    return failure instanceof MongoBulkWriteException e
        && e.getWriteConcernError() == null
        && e.getWriteErrors().stream()
            .allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
  }

  /** Which writes of a batch were refused. */
  static Set<Integer> failed(Throwable failure) {
    return ((MongoBulkWriteException) failure)
        .getWriteErrors().stream().map(BulkWriteError::getIndex).collect(Collectors.toSet());
  }

  /**
   * Whether an operation found no free connection in time. Only the text tells it from a store that
   * cannot be reached: here it is we who are slow, and the store is there.
   */
  static boolean poolExhausted(Throwable failure) {
    return failure instanceof MongoTimeoutException
        && String.valueOf(failure.getMessage()).contains("waiting for a connection");
  }

  /** What a failed operation means to its caller. */
  static Throwable translate(Throwable failure, boolean write) {
    if (failure instanceof MovingDataException || !(failure instanceof RuntimeException)) {
      return failure;
    }
    if (failure instanceof MongoTimeoutException) {
      return poolExhausted(failure)
          ? refusal(
              ErrorCode.OVERLOADED, "too many operations wait for the metadata store", failure)
          : down("the metadata store cannot be reached", failure);
    }
    // A cleared pool fails those that wait for a connection: they have sent nothing.
    if (failure instanceof MongoSocketOpenException
        || failure instanceof MongoConnectionPoolClearedException
        || failure instanceof MongoServerUnavailableException
        || failure instanceof MongoNotPrimaryException) {
      return down("the metadata store cannot be reached", failure);
    }
    if (failure instanceof MongoSecurityException) {
      return down("the metadata store refuses our credentials", failure);
    }
    if (failure instanceof IllegalStateException || closing(failure)) {
      return down("the connection to the metadata store is closed", failure);
    }
    if (interrupted(failure)) {
      return write ? unknown(failure) : down("the metadata store went away", failure);
    }
    return failure;
  }

  /** A change that may have happened. */
  static MovingDataException unknown(Throwable cause) {
    return refusal(
        ErrorCode.SERVICE_TIMEOUT,
        "the metadata store did not acknowledge a change; outcome unknown",
        cause);
  }

  private static boolean closing(Throwable failure) {
    return failure instanceof MongoClientException
        && String.valueOf(failure.getMessage()).contains("Shutdown in progress");
  }

  private static boolean interrupted(Throwable failure) {
    return (failure instanceof MongoSocketException
            && !(failure instanceof MongoSocketOpenException))
        || failure instanceof MongoNodeIsRecoveringException
        || failure instanceof MongoWriteConcernException
        || (failure instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() != null)
        || (failure instanceof MongoException e && e.getCode() == EXCEEDED_TIME_LIMIT);
  }

  private static MovingDataException down(String message, Throwable cause) {
    return refusal(ErrorCode.CATALOG_DOWN, message, cause);
  }

  private static MovingDataException refusal(ErrorCode code, String message, Throwable cause) {
    return MovingDataException.of(code, message, cause).withRetryAfterMs(RETRY_AFTER_MS);
  }
}
