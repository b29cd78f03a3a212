package io.movingdata.testkit.net;

import io.vertx.core.buffer.Buffer;

/** What can be done to a body; each of these is for one body. */
final class BodyChanges {
  private BodyChanges() {}

  /** Turns the lowest bit of the byte at the offset. */
  static BodyChange flip(long offset) {
    return new BodyChange() {
      private long passed;

      @Override
      public Buffer apply(Buffer bytes) {
        long at = offset - passed;
        passed += bytes.length();
        if (at < 0 || at >= bytes.length()) {
          return bytes;
        }
        return bytes.copy().setByte((int) at, (byte) (bytes.getByte((int) at) ^ 1));
      }
    };
  }

  /** Lets so many bytes pass, and nothing after them. */
  static BodyChange cut(long limit, Runnable reached) {
    return new BodyChange() {
      private long left = limit;
      private boolean over;

      @Override
      public Buffer apply(Buffer bytes) {
        if (bytes.length() < left) {
          left -= bytes.length();
          return bytes;
        }
        over = true;
        reached.run();
        return bytes.getBuffer(0, (int) left);
      }

      @Override
      public boolean over() {
        return over;
      }
    };
  }
}
