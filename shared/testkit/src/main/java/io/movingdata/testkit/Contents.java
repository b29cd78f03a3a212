package io.movingdata.testkit;

import io.vertx.core.buffer.Buffer;
import java.util.SplittableRandom;

/** Bytes that look random and are the same for the same seed. */
public final class Contents {
  private Contents() {}

  /** As an array. */
  public static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  /** As a buffer. */
  public static Buffer buffer(long seed, int length) {
    return Buffer.buffer(bytes(seed, length));
  }
}
