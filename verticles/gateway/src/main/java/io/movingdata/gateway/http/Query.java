package io.movingdata.gateway.http;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parameters of a request's query. Reading one marks it as known; {@link #check()} then refuses
 * with everything that was wrong, unknown parameters included.
 */
public final class Query {
  private static final int MOST = 64;

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();
  private final FieldErrors errors = new FieldErrors();

  private Query() {}

  /**
   * Parses a raw query.
   *
   * @throws MovingDataException invalid request where it is not well encoded
   */
  public static Query parse(String raw) {
    Query query = new Query();
    String[] pairs = raw.isEmpty() ? new String[0] : raw.split("&", -1);
    if (pairs.length > MOST) {
      throw malformed();
    }
    for (String pair : pairs) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.values.computeIfAbsent(decoded(name), n -> new ArrayList<>()).add(decoded(value));
      }
    }
    return query;
  }

  private static String decoded(String raw) {
    return Percent.decodeForm(raw).orElseThrow(Query::malformed);
  }

  private static MovingDataException malformed() {
    return MovingDataException.of(ErrorCode.INVALID_REQUEST, "the query is not well formed");
  }

  /** A text, null where absent or empty. */
  public String text(String name) {
    known.add(name);
    List<String> given = values.getOrDefault(name, List.of());
    if (given.size() > 1) {
      errors.add(name, "is given more than once");
    }
    return given.isEmpty() || given.get(0).isEmpty() ? null : given.get(0);
  }

  /** Texts, from repeated parameters and from commas; empty where absent. */
  public List<String> texts(String name) {
    known.add(name);
    List<String> all = new ArrayList<>();
    for (String value : values.getOrDefault(name, List.of())) {
      for (String part : value.split(",", -1)) {
        if (!part.isBlank()) {
          all.add(part.strip());
        }
      }
    }
    return all;
  }

  /** A whole number within bounds. */
  public int number(String name, int least, int most, int otherwise) {
    String given = text(name);
    if (given == null) {
      return otherwise;
    }
    boolean digits = given.matches("[0-9]{1,9}");
    int value = digits ? Integer.parseInt(given) : -1;
    if (value < least || value > most) {
      errors.add(name, "must be a whole number from " + least + " to " + most);
      return otherwise;
    }
    return value;
  }

  /** A time, null where absent. */
  public Instant time(String name) {
    String given = text(name);
    Optional<Instant> time = given == null ? Optional.empty() : Times.parse(given);
    if (given != null && time.isEmpty()) {
      errors.add(name, "must be an ISO-8601 time or seconds since 1970");
    }
    return time.orElse(null);
  }

  /** Records that a parameter is wrong. */
  public void refuse(String name, String message) {
    errors.add(name, message);
  }

  /**
   * Ends the reading.
   *
   * @throws MovingDataException invalid request naming each parameter at fault
   */
  public void check() {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        errors.add(name, "is not a parameter here; known are " + known);
      }
    }
    errors.check();
  }
}
