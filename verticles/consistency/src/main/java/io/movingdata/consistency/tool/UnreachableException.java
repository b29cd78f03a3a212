package io.movingdata.consistency.tool;

/** What a command must look at cannot be looked at; the message says what that is. */
public final class UnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreachableException(String message) {
    super(message);
  }
}
