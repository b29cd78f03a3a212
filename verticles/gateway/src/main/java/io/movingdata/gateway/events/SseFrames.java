package io.movingdata.gateway.events;

/** The text of server-sent events (WHATWG HTML, 9.2). Data is JSON, which has no line breaks. */
final class SseFrames {
  static final String HEARTBEAT = ": still here\n\n";
  static final String ALIVE = "event: alive\ndata: {}\n\n";
  static final String OPENING = "retry: 3000\n: movingdata\n\n";

  private SseFrames() {}

  static String event(String id, String name, String json) {
    if (json.indexOf('\n') >= 0 || json.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("event data must be one line");
    }
    return "id: " + id + "\nevent: " + name + "\ndata: " + json + "\n\n";
  }
}
