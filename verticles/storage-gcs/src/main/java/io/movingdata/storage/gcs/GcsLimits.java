package io.movingdata.storage.gcs;

import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.storage.BoundedBody;
import io.movingdata.core.storage.ProgressFloor;

/**
 * How long the client waits, how much it opens and how often it tries.
 *
 * @param connectMs for a connection, a place in the pool included
 * @param answerMs for the answer once the request has been sent
 * @param progressMs waiting for bytes to move, in either direction
 * @param progressBytes bytes that must move within {@code progressMs} of waiting
 * @param connections open at the same time, busy or idle
 * @param waiting requests that may queue for a connection
 * @param retry tries of one operation
 * @param retryForMs after which no further try begins
 */
record GcsLimits(
    int connectMs,
    long answerMs,
    long progressMs,
    long progressBytes,
    int connections,
    int waiting,
    RetryPolicy retry,
    long retryForMs) {
  /** For Google's service and the local server alike. */
  static final GcsLimits DEFAULT =
      new GcsLimits(5_000, 30_000, 20_000, 64 * 1024, 48, 512, RetryPolicy.PROVIDER, 60_000);

  /** A page of a thousand objects with all the metadata that they may have is below that. */
  private static final int MAX_ANSWER_BYTES = 16 << 20;

  /** The slowest that bytes may come. */
  ProgressFloor floor() {
    return new ProgressFloor(progressMs, progressBytes);
  }

  /** Where an answer is collected that is not an object. */
  BoundedBody answer() {
    return new BoundedBody(MAX_ANSWER_BYTES, floor());
  }
}
