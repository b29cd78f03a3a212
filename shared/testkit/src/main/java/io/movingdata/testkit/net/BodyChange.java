package io.movingdata.testkit.net;

import io.vertx.core.buffer.Buffer;

/** What is done to a body piece by piece. */
@FunctionalInterface
public interface BodyChange {
  /** The bytes that pass in place of those that came. */
  Buffer apply(Buffer bytes);

  /** Whether nothing passes any more, not even the body's end. */
  default boolean over() {
    return false;
  }
}
