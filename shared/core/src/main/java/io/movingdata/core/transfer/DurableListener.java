package io.movingdata.core.transfer;

import io.vertx.core.Future;

/** Hears how far a copy is durable; a failure stops the writer. */
@FunctionalInterface
public interface DurableListener {
  /** Hears nothing. */
  DurableListener NONE = (bytes, token) -> Future.succeededFuture();

  /**
   * The provider holds so many stored bytes.
   *
   * @param resumeToken resumes there, sealed; null where nothing can be resumed
   */
  Future<Void> durable(long bytes, String resumeToken);
}
