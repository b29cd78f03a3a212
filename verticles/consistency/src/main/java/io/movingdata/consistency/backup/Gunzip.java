package io.movingdata.consistency.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.Inflater;
import java.util.zip.InflaterOutputStream;

/** Takes what {@link java.util.zip.GZIPOutputStream} wrote piece by piece, and hands out lines. */
final class Gunzip {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0};
  private static final int HEADER_LENGTH = 10;

  private final Inflater inflater = new Inflater(true);
  private final InflaterOutputStream out;
  private int skipped;

  Gunzip(Consumer<String> lines) {
    this.out = new InflaterOutputStream(new Lines(lines), inflater);
  }

  /** Collects bytes up to the end of a line. */
  private static final class Lines extends OutputStream {
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(Consumer<String> lines) {
      this.lines = lines;
    }

    @Override
    public void write(int value) {
      if (value == '\n') {
        lines.accept(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(value);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      int from = offset;
      for (int at = offset; at < offset + length; at++) {
        if (bytes[at] == '\n') {
          line.write(bytes, from, at - from);
          write('\n');
          from = at + 1;
        }
      }
      line.write(bytes, from, offset + length - from);
    }
  }

  /**
   * Takes a piece.
   *
   * @throws IllegalArgumentException where it is not what was written
   */
  void take(byte[] bytes, int offset, int length) {
    int from = offset;
    int end = offset + length;
    while (skipped < HEADER_LENGTH && from < end) {
      if (skipped < HEADER.length && bytes[from] != HEADER[skipped]) {
        throw new IllegalArgumentException("not compressed as a backup is");
      }
      skipped++;
      from++;
    }
    try {
      if (from < end && !inflater.finished()) {
        out.write(bytes, from, end - from);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("damaged: " + e.getMessage(), e);
    }
  }

  /** Gives the memory back. */
  void close() {
    inflater.end();
  }
}
