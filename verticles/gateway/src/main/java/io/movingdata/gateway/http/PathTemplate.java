package io.movingdata.gateway.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with parameters in braces. {@code {file_id}} stands for one or more segments, since file
 * ids hold slashes; every other parameter for exactly one.
 */
public final class PathTemplate {
  private static final String GREEDY = "{file_id}";

  private final String text;
  private final List<String> segments;
  private final int greedy;

  PathTemplate(String text) {
    this.text = text;
    this.segments = RawTarget.segmentsOf(text);
    this.greedy = segments.indexOf(GREEDY);
  }

  /** The template as written. */
  public String text() {
    return text;
  }

  /** The raw values of the parameters, if the raw segments of a path fit. */
  Optional<Map<String, String>> match(List<String> raw) {
    int surplus = raw.size() - segments.size();
    if (surplus < 0 || (surplus > 0 && greedy < 0)) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    int at = 0;
    for (int i = 0; i < segments.size(); i++) {
      int next = at + 1 + (i == greedy ? surplus : 0);
      String segment = segments.get(i);
      String given = String.join("/", raw.subList(at, next));
      if (segment.startsWith("{")) {
        values.put(segment.substring(1, segment.length() - 1), given);
      } else if (!segment.equals(given)) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.of(values);
  }

  @Override
  public String toString() {
    return text;
  }
}
