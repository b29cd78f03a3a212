package io.movingdata.testkit.net;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Everything that went through a proxy, in the order of arrival. */
final class ExchangeLog {
  private final List<Entry> entries = new ArrayList<>();

  synchronized Entry begin(RequestHead request, String fault) {
    Entry entry = new Entry(entries.size() + 1L, request, fault);
    entries.add(entry);
    return entry;
  }

  synchronized List<LoggedExchange> all() {
    return entries.stream().map(Entry::logged).toList();
  }

  /** One exchange while it goes on. */
  static final class Entry {
    private final long sequence;
    private final Instant begun = Instant.now();
    private final RequestHead request;
    private final String fault;
    private Instant ended;
    private long up;
    private int status;
    private long down;

    private Entry(long sequence, RequestHead request, String fault) {
      this.sequence = sequence;
      this.request = request;
      this.fault = fault;
    }

    synchronized void sent(int bytes) {
      up += bytes;
    }

    synchronized void answered(int code) {
      status = code;
    }

    synchronized void received(int bytes) {
      down += bytes;
    }

    synchronized void ended() {
      if (ended == null) {
        ended = Instant.now();
      }
    }

    private synchronized LoggedExchange logged() {
      return new LoggedExchange(
          sequence, begun, ended, request.method(), request.uri(), up, status, down, fault);
    }
  }
}
