package io.movingdata.core.transfer;

import io.movingdata.core.security.OpenedFrame;
import io.movingdata.core.storage.ByteBudget;

/**
 * Authenticated content of one frame, or the part of it that lies in the range that was asked for.
 * Its array is used again after {@link #close()}.
 */
public final class Piece {
  private final OpenedFrame frame;
  private final int from;
  private final int length;
  private final long contentOffset;
  private ByteBudget.Grant grant;
  private boolean closed;

  Piece(OpenedFrame frame, int from, int length, long contentOffset, ByteBudget.Grant grant) {
    this.frame = frame;
    this.from = from;
    this.length = length;
    this.contentOffset = contentOffset;
    this.grant = grant;
  }

  /** The array that holds the content. */
  public byte[] array() {
    return frame.array();
  }

  /** Where in the array it begins. */
  public int offset() {
    return frame.offset() + from;
  }

  /** How many bytes it has. */
  public int length() {
    return length;
  }

  /** Where in the whole content it begins. */
  public long contentOffset() {
    return contentOffset;
  }

  /** The frame's index; 0 for a single token. */
  public int index() {
    return frame.index();
  }

  /** Whether the content ends with this frame. */
  public boolean last() {
    return frame.last();
  }

  /** Hands the memory's grant to whoever carries the content on. */
  ByteBudget.Grant takeGrant() {
    ByteBudget.Grant taken = grant;
    grant = null;
    return taken;
  }

  /** Gives array and grant back. Harmless to repeat. */
  public void close() {
    if (!closed) {
      closed = true;
      frame.close();
      if (grant != null) {
        grant.release();
      }
    }
  }
}
