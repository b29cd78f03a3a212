package io.movingdata.storage.azure;

import java.util.function.Consumer;
import reactor.util.context.Context;

/**
 * What becomes of an error that comes after nobody waits any more, such as that of a request which
 * was cancelled because its time was up. Reactor would log each with its whole stack.
 */
final class LateErrors {
  /** The key under which Reactor looks for a subscription's own way with them. */
  private static final String KEY = "reactor.onErrorDropped.local";

  private LateErrors() {}

  /** For a subscription whose outcome has been told already. */
  static Context ignored() {
    Consumer<Throwable> nothing = error -> {};
    return Context.of(KEY, nothing);
  }
}
