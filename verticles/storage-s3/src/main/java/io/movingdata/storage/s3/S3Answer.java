package io.movingdata.storage.s3;

import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;

/**
 * A whole answer, judged.
 *
 * @param document its root element, null where the body is none
 * @param errorCode what S3 calls the failure, null for success or where it did not say
 * @param failure the same in our terms, null for success
 */
record S3Answer(
    int status,
    MultiMap headers,
    XmlElement document,
    String errorCode,
    MovingDataException failure) {

  /** The answer, or its failure. */
  Future<S3Answer> succeeded() {
    return failure == null ? Future.succeededFuture(this) : Future.failedFuture(failure);
  }

  /** Whether the server gave this reason. */
  boolean failedWith(String code) {
    return code.equals(errorCode);
  }
}
