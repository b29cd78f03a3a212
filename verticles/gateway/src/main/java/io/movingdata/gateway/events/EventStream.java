package io.movingdata.gateway.events;

import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * One client's connection. What it does not read waits here, up to a bound in bytes and in time;
 * beyond that the connection is cut and the client may resume.
 */
final class EventStream {
  private static final long MOST_BYTES = 1024 * 1024;
  private static final long MOST_NANOS = 10_000_000_000L;

  private final HttpServerResponse response;
  private final Set<String> topics;
  private final boolean stateful;
  private final Deque<String> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private long fullSince;
  private boolean closed;

  EventStream(HttpServerResponse response, Set<String> topics, boolean stateful) {
    this.response = response;
    this.topics = topics;
    this.stateful = stateful;
  }

  /** Writes the head. */
  void open() {
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("Cache-Control", "no-cache")
        .putHeader("X-Accel-Buffering", "no");
    response.exceptionHandler(broken -> closed = true);
    response.drainHandler(drained -> flush());
    send(SseFrames.OPENING);
  }

  /** What it listens to. */
  Set<String> topics() {
    return topics;
  }

  /** Whether the client wants to be told the state, and signs of life that a script can hear. */
  boolean stateful() {
    return stateful;
  }

  /** Says that the stream is alive. */
  void heartbeat() {
    send(stateful ? SseFrames.ALIVE : SseFrames.HEARTBEAT);
  }

  /** Sends an event, if the client wants its topic. */
  void offer(String topic, String frame) {
    if (topics.contains(topic)) {
      send(frame);
    }
  }

  /** Sends a frame, or keeps it until the client reads on. */
  void send(String frame) {
    if (closed) {
      return;
    }
    if (waiting.isEmpty() && !response.writeQueueFull()) {
      response.write(frame);
      return;
    }
    if (waiting.isEmpty()) {
      fullSince = System.nanoTime();
    }
    waiting.addLast(frame);
    waitingBytes += frame.getBytes(StandardCharsets.UTF_8).length;
  }

  private void flush() {
    while (!closed && !waiting.isEmpty() && !response.writeQueueFull()) {
      String frame = waiting.pollFirst();
      waitingBytes -= frame.getBytes(StandardCharsets.UTF_8).length;
      response.write(frame);
      fullSince = System.nanoTime();
    }
  }

  /** Whether the client has read too little for too long. */
  boolean tooSlow(long nanos) {
    boolean stuck = !waiting.isEmpty() && nanos - fullSince > MOST_NANOS;
    return !closed && (waitingBytes > MOST_BYTES || stuck);
  }

  boolean closed() {
    return closed;
  }

  /** Forgets everything that waits. */
  void release() {
    closed = true;
    waiting.clear();
    waitingBytes = 0;
  }

  /** Cuts the connection: a client that does not read would not see a clean end either. */
  void cut() {
    release();
    response.reset();
  }

  /** Ends the stream in order. */
  void end() {
    if (!closed) {
      release();
      response.end();
    }
  }
}
