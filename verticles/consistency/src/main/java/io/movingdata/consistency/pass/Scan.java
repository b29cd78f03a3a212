package io.movingdata.consistency.pass;

import io.vertx.core.Future;

/** Works through a shard. Belongs to one event-loop context. */
interface Scan {
  /**
   * Goes on from the shard's cursor to its end.
   *
   * @return fails with the provider's failure where its location cannot be reached, and otherwise
   *     where the catalog cannot
   */
  Future<Void> run();

  /** How far it is: everything before the cursor is compared and recorded. */
  Tally tally();

  /** Ends as soon as it may; what was compared stays. */
  void stop();
}
