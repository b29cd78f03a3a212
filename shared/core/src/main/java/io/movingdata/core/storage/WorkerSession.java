package io.movingdata.core.storage;

import io.vertx.core.Future;

/** An open read or write of a worker; used on the worker's context alone. */
interface WorkerSession {
  /** The object's key. */
  String key();

  /** Whether somebody waits for an answer, so that it cannot count as idle. */
  boolean busy();

  /** Gives up what it holds; an upload stays at its provider, to be resumed. */
  Future<Void> close();
}
