package io.movingdata.storage.azure;

import io.movingdata.core.retry.RetryPolicy;
import java.time.Duration;

/**
 * How long the client waits and how often it tries.
 *
 * @param connect for a connection
 * @param answer for an answer once the request has been sent
 * @param progress waiting for bytes to move, in either direction
 * @param progressBytes bytes of a download that must arrive within {@code progress} of waiting
 * @param retry tries of one call
 * @param longestWait a provider that asks for more patience than this is left to the caller
 */
record AzureLimits(
    Duration connect,
    Duration answer,
    Duration progress,
    long progressBytes,
    RetryPolicy retry,
    Duration longestWait) {
  /** For Azure and its emulator alike. */
  static final AzureLimits DEFAULT =
      new AzureLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          64 * 1024,
          RetryPolicy.PROVIDER,
          Duration.ofSeconds(30));

  private static final long SLOWEST_UPLOAD_BYTES_PER_SECOND = 64 * 1024;

  /** How long a call that sends so many bytes may take in all. */
  Duration deadline(long bytes) {
    return answer.plusMillis(bytes * 1000 / SLOWEST_UPLOAD_BYTES_PER_SECOND);
  }
}
