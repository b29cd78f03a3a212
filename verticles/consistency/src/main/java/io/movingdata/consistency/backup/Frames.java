package io.movingdata.consistency.backup;

import io.movingdata.core.security.FrameLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Compresses lines, and cuts the outcome into frames of content. Not for two threads at once. */
final class Frames {
  /** The content of a frame. */
  static final class Frame {
    final int index;
    final boolean last;
    final byte[] bytes;

    Frame(int index, boolean last, byte[] bytes) {
      this.index = index;
      this.last = last;
      this.bytes = bytes;
    }
  }

  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final Deque<Frame> ready = new ArrayDeque<>();
  private final GZIPOutputStream zip;
  private final MessageDigest digest;
  private int next;
  private long size;

  Frames() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
      this.zip = new GZIPOutputStream(new Cutter(), 64 * 1024);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A frame is full only once more follows: the last one has the rest. */
  private final class Cutter extends OutputStream {
    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      digest.update(bytes, offset, length);
      size += length;
      int from = offset;
      int left = length;
      while (left > 0) {
        int room = FrameLayout.contentCapacity(next) - pending.size();
        if (room == 0) {
          cut(false);
          room = FrameLayout.contentCapacity(next);
        }
        int some = Math.min(room, left);
        pending.write(bytes, from, some);
        from += some;
        left -= some;
      }
    }
  }

  private void cut(boolean last) {
    ready.add(new Frame(next++, last, pending.toByteArray()));
    pending.reset();
  }

  /** Adds lines; answers with the frames that are full now. */
  List<Frame> add(List<String> lines) {
    try {
      for (String line : lines) {
        zip.write(line.getBytes(StandardCharsets.UTF_8));
        zip.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return taken();
  }

  /** Ends the content; answers with the frames that are left. */
  List<Frame> end() {
    try {
      zip.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut(true);
    return taken();
  }

  private List<Frame> taken() {
    List<Frame> frames = List.copyOf(ready);
    ready.clear();
    return frames;
  }

  /** Bytes of the content so far, compressed. */
  long size() {
    return size;
  }

  /** SHA-256 of the content in lower-case hexadecimal; once, at the end. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
