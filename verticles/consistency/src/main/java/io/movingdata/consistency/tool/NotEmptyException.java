package io.movingdata.consistency.tool;

/** There is something where a command must find nothing; the message names it and the remedy. */
public final class NotEmptyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotEmptyException(String message) {
    super(message);
  }
}
