package io.movingdata.consistency.tool;

/** A command line that is not understood; the message says what is wrong with it. */
public final class WrongUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongUseException(String message) {
    super(message);
  }
}
