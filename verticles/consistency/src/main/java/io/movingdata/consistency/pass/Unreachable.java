package io.movingdata.consistency.pass;

/** A location that does not answer: that says nothing about the copies there. */
final class Unreachable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unreachable(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
