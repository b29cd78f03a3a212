package io.movingdata.core.security;

/** Stored bytes that are not the frame they should be. Its message contains nothing of them. */
public final class FrameException extends RuntimeException {

  /** What is wrong with the stored bytes. */
  public enum Reason {
    /** Damaged, truncated, forged, or encrypted under another key. */
    CORRUPT,
    /** Authentic, but of another copy or from another place in this one. */
    MISPLACED
  }

  private final Reason reason;

  FrameException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static FrameException corrupt(int index) {
    return new FrameException(Reason.CORRUPT, "frame " + index + " is corrupt or unauthentic");
  }

  static FrameException misplaced(int index) {
    return new FrameException(
        Reason.MISPLACED, "frame " + index + " belongs to another copy or place");
  }

  /** What is wrong with the stored bytes. */
  public Reason reason() {
    return reason;
  }
}
