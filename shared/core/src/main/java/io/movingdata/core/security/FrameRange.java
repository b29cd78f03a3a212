package io.movingdata.core.security;

/**
 * The frames that a byte range of the content touches.
 *
 * @param first the first frame's index
 * @param last the last frame's index, inclusive
 * @param contentOffset where in the content the first frame begins
 * @param storedOffset where in the stored object the first frame begins
 * @param storedLength the stored bytes of all these frames
 */
public record FrameRange(
    int first, int last, long contentOffset, long storedOffset, long storedLength) {}
