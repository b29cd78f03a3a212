package io.movingdata.storage.s3;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;

/** Digests bodies: small ones where it is asked, larger ones off the event loop. */
final class S3Digests {
  private static final int SMALL = 64 * 1024;

  private final WorkerExecutor cpu;

  S3Digests(WorkerExecutor cpu) {
    this.cpu = cpu;
  }

  /** The body with its digests. */
  Future<S3Body> of(Buffer bytes) {
    return bytes.length() <= SMALL
        ? Future.succeededFuture(S3Body.of(bytes))
        : cpu.executeBlocking(() -> S3Body.of(bytes), false);
  }
}
