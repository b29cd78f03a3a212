package io.movingdata.core.security;

/**
 * The arithmetic of full frames: where frame <i>i</i> lies in the content and in the stored object.
 * It does not depend on the object's size, so it serves streams of unknown length; {@link
 * ObjectLayout} adds the last frame.
 *
 * <p>A frame is measured in units of 256 KiB stored. It has 42 of them, and twice as many after
 * each thousand frames up to 336.
 */
public final class FrameLayout {
  /** Stored bytes are laid out in multiples of this: the alignment that GCS asks of chunks. */
  public static final int UNIT = 256 * 1024;

  /** The most frames that an object can have: the number of parts that S3 allows. */
  public static final int MAX_FRAMES = 10_000;

  /** The most content that an object can have, in bytes. */
  public static final long MAX_CONTENT = contentOffset(MAX_FRAMES);

  private static final int FRAMES_PER_STEP = 1_000;
  private static final int FIRST_UNITS = 42;
  private static final int DOUBLINGS = 3;

  /** Ciphertext that three quarters of a unit hold: base64 takes four characters for three. */
  private static final int UNIT_CIPHERTEXT = UNIT / 4 * 3;

  /** What a full frame's ciphertext leaves free, so that its token and 52 newlines fill it. */
  private static final int SPARE_CIPHERTEXT = 96;

  /** A full frame's padding byte and header come out of its ciphertext too. */
  private static final int OVERHEAD = SPARE_CIPHERTEXT + 1 + FrameHeader.BYTES;

  private FrameLayout() {}

  /** The most content that one plain Fernet token holds, in bytes: as much as the first frame. */
  public static int singleCapacity() {
    return contentCapacity(0);
  }

  /** The bytes of content in a full frame. */
  public static int contentCapacity(int index) {
    return units(index) * UNIT_CIPHERTEXT - OVERHEAD;
  }

  /** The stored bytes of a full frame, its newlines included: a multiple of {@link #UNIT}. */
  public static int storedLength(int index) {
    return units(index) * UNIT;
  }

  /**
   * The stored bytes of a frame that holds that much content: its token and at least one newline,
   * up to the next multiple of {@link #UNIT}.
   */
  public static int storedLengthOf(int contentLength) {
    return Math.toIntExact(padded(Fernet.tokenLength(FrameHeader.BYTES + contentLength)));
  }

  static long padded(long tokenLength) {
    return (tokenLength / UNIT + 1) * UNIT;
  }

  /** Where in the content a frame begins; the index may be one past the last possible frame. */
  public static long contentOffset(int index) {
    return unitsBefore(index) * UNIT_CIPHERTEXT - (long) index * OVERHEAD;
  }

  /** Where in the stored object a frame begins; the index may be one past the last possible. */
  public static long storedOffset(int index) {
    return unitsBefore(index) * UNIT;
  }

  /**
   * The frame that holds the content's byte at an offset.
   *
   * @throws ContentTooLargeException if no frame reaches that far
   */
  public static int frameAtContent(long offset) {
    if (offset >= MAX_CONTENT) {
      throw new ContentTooLargeException();
    }
    int start = 0;
    while (start < DOUBLINGS * FRAMES_PER_STEP
        && contentOffset(start + FRAMES_PER_STEP) <= offset) {
      start += FRAMES_PER_STEP;
    }
    return start + (int) ((offset - contentOffset(start)) / contentCapacity(start));
  }

  /**
   * The frame that holds the stored byte at an offset: the one to resume with, when so many stored
   * bytes are durable.
   *
   * @throws ContentTooLargeException if no frame reaches that far
   */
  public static int frameAtStored(long offset) {
    if (offset >= storedOffset(MAX_FRAMES)) {
      throw new ContentTooLargeException();
    }
    int start = 0;
    while (start < DOUBLINGS * FRAMES_PER_STEP && storedOffset(start + FRAMES_PER_STEP) <= offset) {
      start += FRAMES_PER_STEP;
    }
    return start + (int) ((offset - storedOffset(start)) / storedLength(start));
  }

  private static int units(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("negative frame index");
    }
    if (index >= MAX_FRAMES) {
      throw new ContentTooLargeException();
    }
    return FIRST_UNITS << Math.min(index / FRAMES_PER_STEP, DOUBLINGS);
  }

  private static long unitsBefore(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("negative frame index");
    }
    if (index > MAX_FRAMES) {
      throw new ContentTooLargeException();
    }
    long units = 0;
    for (int start = 0; start < index; start += FRAMES_PER_STEP) {
      units += (long) units(start) * Math.min(FRAMES_PER_STEP, index - start);
    }
    return units;
  }
}
