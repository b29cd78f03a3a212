package io.movingdata.core.security;

/** Content beyond what the frames of one object can hold. */
public final class ContentTooLargeException extends IllegalArgumentException {
  ContentTooLargeException() {
    super(
        "an object holds at most "
            + FrameLayout.MAX_CONTENT
            + " bytes ("
            + FrameLayout.MAX_FRAMES
            + " frames)");
  }
}
