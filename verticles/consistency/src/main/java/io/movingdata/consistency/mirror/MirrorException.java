package io.movingdata.consistency.mirror;

/** Why a mirror did not take a change, in words that hold nothing of its address. */
final class MirrorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean ofFile;
  private final long retryAfterMs;

  /** The mirror is away or unwell. */
  MirrorException(String message) {
    this(message, false, 0);
  }

  MirrorException(String message, boolean ofFile, long retryAfterMs) {
    super(message, null, false, false);
    this.ofFile = ofFile;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether it is about the one file, so that others may be told all the same. */
  boolean ofFile() {
    return ofFile;
  }

  /** How long the mirror asked to wait, 0 where it did not. */
  long retryAfterMs() {
    return retryAfterMs;
  }
}
