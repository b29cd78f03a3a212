package io.movingdata.core.bus;

/** The reply of an operation that has nothing to say but that it happened. */
public record Done() {
  /** The only value there is. */
  public static final Done DONE = new Done();
}
