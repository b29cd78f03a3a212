package io.movingdata.mover.run;

/** Another node has the move, or nobody knows: stop, touch nothing. */
final class LeaseLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseLostException(String moveId) {
    super("the lease of move " + moveId + " is lost");
  }
}
