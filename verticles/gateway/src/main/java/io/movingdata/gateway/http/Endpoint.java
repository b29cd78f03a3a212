package io.movingdata.gateway.http;

import io.vertx.core.Future;

/** What is done for an operation. A failure becomes a problem. */
@FunctionalInterface
public interface Endpoint {
  /** Handles one request. */
  Future<Answer> handle(Call call);
}
