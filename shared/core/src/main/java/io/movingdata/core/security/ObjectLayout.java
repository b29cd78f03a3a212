package io.movingdata.core.security;

import io.movingdata.core.model.ObjectFormat;

/**
 * The layout of an object whose content size is known: its format, its frames and its stored size.
 * An object in the format {@code fernet} counts as one frame.
 *
 * @param contentSize the plaintext's size in bytes
 */
public record ObjectLayout(long contentSize) {

  /**
   * Checks the size.
   *
   * @throws ContentTooLargeException if the content is larger than {@link FrameLayout#MAX_CONTENT}
   */
  public ObjectLayout {
    if (contentSize < 0) {
      throw new IllegalArgumentException("negative content size");
    }
    if (contentSize > FrameLayout.MAX_CONTENT) {
      throw new ContentTooLargeException();
    }
  }

  /** One plain token for content up to the first frame's capacity, frames for more. */
  public ObjectFormat format() {
    return contentSize <= FrameLayout.singleCapacity()
        ? ObjectFormat.FERNET
        : ObjectFormat.FERNET_FRAMES;
  }

  /** The number of frames, at least 1. */
  public int frames() {
    return contentSize == 0 ? 1 : FrameLayout.frameAtContent(contentSize - 1) + 1;
  }

  /** The stored object's size in bytes. */
  public long storedSize() {
    int last = frames() - 1;
    return storedOffset(last) + storedLength(last);
  }

  /** Whether the frame is the object's last. */
  public boolean isLast(int index) {
    return requireFrame(index) == frames() - 1;
  }

  /** Where in the content the frame begins. */
  public long contentOffset(int index) {
    return FrameLayout.contentOffset(requireFrame(index));
  }

  /** The frame's content in bytes; 0 only in an empty object. */
  public int contentLength(int index) {
    long rest = contentSize - contentOffset(index);
    return (int) Math.min(rest, FrameLayout.contentCapacity(index));
  }

  /** Where in the stored object the frame begins. */
  public long storedOffset(int index) {
    return FrameLayout.storedOffset(requireFrame(index));
  }

  /** The frame's stored bytes. */
  public int storedLength(int index) {
    int content = contentLength(index);
    return format() == ObjectFormat.FERNET
        ? Math.toIntExact(Fernet.tokenLength(content))
        : FrameLayout.storedLengthOf(content);
  }

  /**
   * The frames that hold a range of the content.
   *
   * @param firstByte offset of the range's first byte
   * @param lastByte offset of its last byte, inclusive
   * @throws IllegalArgumentException if the range is empty or not within the content
   */
  public FrameRange framesOf(long firstByte, long lastByte) {
    if (firstByte < 0 || lastByte < firstByte || lastByte >= contentSize) {
      throw new IllegalArgumentException("byte range is not within the content");
    }
    int first = FrameLayout.frameAtContent(firstByte);
    int last = FrameLayout.frameAtContent(lastByte);
    long start = storedOffset(first);
    long end = storedOffset(last) + storedLength(last);
    return new FrameRange(first, last, contentOffset(first), start, end - start);
  }

  private int requireFrame(int index) {
    if (index < 0 || index >= frames()) {
      throw new IndexOutOfBoundsException("frame " + index + " of " + frames());
    }
    return index;
  }
}
