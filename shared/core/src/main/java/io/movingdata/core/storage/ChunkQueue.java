package io.movingdata.core.storage;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes that came in pieces of one size and leave in pieces of another. */
final class ChunkQueue {
  private final Deque<Buffer> pieces = new ArrayDeque<>();
  private int consumed;
  private long size;

  void add(Buffer piece) {
    if (piece.length() > 0) {
      pieces.add(piece);
      size += piece.length();
    }
  }

  long size() {
    return size;
  }

  void clear() {
    pieces.clear();
    consumed = 0;
    size = 0;
  }

  /** The next {@code length} bytes; there must be as many. */
  Buffer take(int length) {
    if (consumed == 0 && !pieces.isEmpty() && pieces.peek().length() == length) {
      size -= length;
      return pieces.poll();
    }
    Buffer taken = Buffer.buffer(length);
    while (taken.length() < length) {
      Buffer piece = pieces.element();
      int part = Math.min(length - taken.length(), piece.length() - consumed);
      taken.appendBuffer(piece, consumed, part);
      consumed += part;
      if (consumed == piece.length()) {
        pieces.poll();
        consumed = 0;
      }
    }
    size -= length;
    return taken;
  }
}
