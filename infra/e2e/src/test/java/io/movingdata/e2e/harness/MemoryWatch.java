package io.movingdata.e2e.harness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Watches the resident memory of a node's process, and notes its peak in each stage. */
public final class MemoryWatch implements AutoCloseable {
  private static final long EVERY_MS = 250;

  private final String pid;
  private final Thread sampler = new Thread(this::sample, "memory-watch");
  private final List<Long> peaks = new ArrayList<>();
  private final List<String> stages = new ArrayList<>();
  private long peak;
  private long stageBegan = System.nanoTime();

  private MemoryWatch(NodeProcess node) {
    this.pid = Long.toString(node.pid());
  }

  /** A watch that has begun. */
  public static MemoryWatch of(NodeProcess node) {
    MemoryWatch watch = new MemoryWatch(node);
    watch.sampler.setDaemon(true);
    watch.sampler.start();
    return watch;
  }

  /** Ends a stage. */
  public synchronized void mark(String stage) {
    look();
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - stageBegan);
    peaks.add(peak);
    stages.add("%s in %d s, at most %d MiB resident".formatted(stage, seconds, peak >> 10));
    peak = 0;
    stageBegan = System.nanoTime();
  }

  /** The most in each stage, KiB. */
  public synchronized List<Long> peaks() {
    return Collections.unmodifiableList(new ArrayList<>(peaks));
  }

  private synchronized void look() {
    String resident = Processes.output("ps", "-o", "rss=", "-p", pid).strip();
    if (resident.isEmpty()) {
      throw new AssertionError("the node has ended");
    }
    peak = Math.max(peak, Long.parseLong(resident));
  }

  private void sample() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        TimeUnit.MILLISECONDS.sleep(EVERY_MS);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    sampler.interrupt();
  }

  @Override
  public synchronized String toString() {
    return String.join("; ", stages);
  }
}
