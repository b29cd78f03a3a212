package io.movingdata.gateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Events that go out together. Of those that only tell how one thing goes on, the latest is kept:
 * who listens loses nothing that the next event would not replace.
 */
final class Batch {
  private final Map<String, EventRing.Entry> entries = new LinkedHashMap<>();

  /** Adds an event. */
  void add(EventRing.Entry entry, JsonNode data) {
    String key = key(entry, data);
    entries.remove(key);
    entries.put(key, entry);
  }

  /** The same key: the later event says all that the earlier one did. */
  private static String key(EventRing.Entry entry, JsonNode data) {
    String topic = entry.topic();
    String what =
        switch (topic) {
          case "move" -> data.path("move_id").asText() + " " + data.path("state").asText();
          case "health" -> "now";
          case "simulator" -> data.path("burst_id").asText() + " " + data.path("state").asText();
          case "stream" ->
              data.path("kind").asText().equals("tick") ? data.path("node_id").asText() : "";
          default -> "";
        };
    return topic + " " + (what.isBlank() ? "#" + entry.number() : what);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** What listeners to topics are sent, by the topics that they listen to. */
  Map<Set<String>, String> texts(Iterable<Set<String>> wanted) {
    Map<Set<String>, String> texts = new HashMap<>();
    wanted.forEach(topics -> texts.computeIfAbsent(topics, this::text));
    return texts;
  }

  private String text(Set<String> topics) {
    StringBuilder text = new StringBuilder();
    entries
        .values()
        .forEach(
            entry -> {
              if (topics.contains(entry.topic())) {
                text.append(entry.frame());
              }
            });
    return text.toString();
  }
}
