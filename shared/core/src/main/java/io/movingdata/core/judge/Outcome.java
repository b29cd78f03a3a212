package io.movingdata.core.judge;

/** What a client knows of its call. */
public enum Outcome {
  /** It was done; of a read: content, or that there is no file. */
  OK,
  /** It was taken in, and will be done or undone; where it stands can be asked. */
  ACCEPTED,
  /** It was refused, and is not done. */
  FAILED,
  /** No answer, or one that says nothing: it may be done, now or later. */
  UNKNOWN
}
