package io.movingdata.testkit.net;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** What one direction of a connection asks its proxy, beside the faults it began with. */
interface LinkGate {
  /** Completes once anything may pass at all. */
  Future<Void> open();

  /** Whether bytes that arrived may pass; the connection is reset where not. */
  boolean admits(Buffer bytes);

  /** So many bytes have passed. */
  void passed(int bytes);
}
