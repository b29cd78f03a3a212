package io.movingdata.telemetry.consume;

import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.FileWindows;
import io.movingdata.telemetry.window.Usage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What this node's part of the stream adds up to. */
public final class StreamFigures {
  private static final int LATEST = 200;

  private final Map<Integer, Usage> partitions = new HashMap<>();
  private final Deque<AccessEvent> latest = new ArrayDeque<>();
  private long events;
  private long deadLetters;
  private long duplicates;
  private Instant lastAnomaly;

  void settled(List<AccessEvent> settled) {
    events += settled.size();
    settled.subList(Math.max(0, settled.size() - LATEST), settled.size()).forEach(latest::addFirst);
    while (latest.size() > LATEST) {
      latest.removeLast();
    }
  }

  void window(int partition, AccessEvent event, Instant received, Instant now) {
    partitions.computeIfAbsent(partition, p -> new Usage(null)).add(event, received, now);
  }

  /** A partition is read elsewhere, or from an earlier place. */
  void forget(int partition) {
    partitions.remove(partition);
  }

  void deadLetter() {
    deadLetters++;
  }

  void duplicate() {
    duplicates++;
  }

  void anomaly(Instant at) {
    lastAnomaly = at;
  }

  /** Events since the start, each once. */
  public long events() {
    return events;
  }

  /** Records that were no events, since the start. */
  public long deadLetters() {
    return deadLetters;
  }

  /** Events that had come before, since the start. */
  public long duplicates() {
    return duplicates;
  }

  /** When something unusual was last found, null for never. */
  public Instant lastAnomaly() {
    return lastAnomaly;
  }

  /** The newest events, newest first. */
  public List<AccessEvent> latest() {
    return new ArrayList<>(latest);
  }

  /** The windows of all files together. */
  public FileWindows windows(Instant now) {
    return whole(now).windows(now);
  }

  Usage whole(Instant now) {
    return Usage.together(partitions.values(), now);
  }
}
