package io.movingdata.testkit.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines that a process printed; reading them keeps the process from blocking. */
final class OutputTail {
  private static final int LINES = 40;

  private final Deque<String> lines = new ArrayDeque<>();

  private OutputTail() {}

  static OutputTail of(InputStream stream, String thread) {
    OutputTail tail = new OutputTail();
    Thread reader = new Thread(() -> tail.read(stream), thread);
    reader.setDaemon(true);
    reader.start();
    return tail;
  }

  private void read(InputStream stream) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("(its output ended: " + e.getMessage() + ")");
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    if (lines.size() > LINES) {
      lines.poll();
    }
  }

  synchronized String text() {
    return String.join("\n", lines);
  }
}
