package io.movingdata.gateway.events;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The latest events, bounded in number and in bytes. Ids are {@code <prefix>-<number>}; the prefix
 * stands for this ring, so that ids of another gateway or an earlier run are known as foreign.
 */
final class EventRing {
  private final String prefix;
  private final int mostEvents;
  private final long mostBytes;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long bytes;
  private long last;

  /** An event as it is sent. */
  record Entry(long number, String topic, String frame) {}

  EventRing(String prefix, int mostEvents, long mostBytes) {
    this.prefix = prefix;
    this.mostEvents = mostEvents;
    this.mostBytes = mostBytes;
  }

  /** Adds an event. */
  Entry add(String topic, String json) {
    last++;
    Entry entry = new Entry(last, topic, SseFrames.event(id(last), topic, json));
    entries.addLast(entry);
    bytes += entry.frame().length();
    while (entries.size() > mostEvents || bytes > mostBytes) {
      bytes -= entries.removeFirst().frame().length();
    }
    return entry;
  }

  /** The id of the newest event. */
  String lastId() {
    return id(last);
  }

  private String id(long number) {
    return prefix + "-" + number;
  }

  /** What came after an event; empty where that cannot be told any more. */
  Optional<List<Entry>> since(String lastEventId) {
    long number = number(lastEventId);
    long oldest = last - entries.size();
    if (number < oldest || number > last) {
      return Optional.empty();
    }
    return Optional.of(entries.stream().filter(entry -> entry.number() > number).toList());
  }

  private long number(String id) {
    boolean ours = id.startsWith(prefix + "-");
    String digits = ours ? id.substring(prefix.length() + 1) : "";
    return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
  }
}
