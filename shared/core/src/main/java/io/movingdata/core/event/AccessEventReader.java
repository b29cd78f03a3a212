package io.movingdata.core.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.AccessKind;
import io.movingdata.core.model.FileIds;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads one access event from JSON and says everything that is wrong with it. Nothing is coerced;
 * an absent {@code event} is a read, an absent {@code ts} is now, an absent {@code success} is
 * true.
 */
public final class AccessEventReader {
  /** An event may be that much ahead of our clock. */
  public static final Duration FUTURE = Duration.ofMinutes(5);

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final long MOST_BYTES = 1L << 53;
  private static final double DAY_MS = 86_400_000;
  private static final Set<String> FIELDS =
      new TreeSet<>(
          Set.of(
              "event_id",
              "file_id",
              "event",
              "ts",
              "client_id",
              "bytes_read",
              "bytes_written",
              "latency_ms",
              "temperature",
              "high_temp_alert",
              "egress_cost",
              "storage_cost_per_gb",
              "cloud_region",
              "sync_conflict",
              "failed_read",
              "network_failure",
              "success",
              "source"));

  private final JsonNode json;
  private final Instant now;
  private final List<EventFault> faults = new ArrayList<>();

  private AccessEventReader(JsonNode json, Instant now) {
    this.json = json;
    this.now = now;
  }

  /** An event, or what is wrong with it. {@code event} is null where there are faults. */
  public record Read(AccessEvent event, List<EventFault> faults) {}

  /**
   * Reads one.
   *
   * @param madeId the id of an event that comes without one; null where it must have one
   * @param strict whether a field that is not known is a fault
   */
  public static Read read(JsonNode json, String madeId, Instant now, boolean strict) {
    AccessEventReader reader = new AccessEventReader(json, now);
    if (json == null || !json.isObject()) {
      return new Read(null, List.of(new EventFault("event", "must be a JSON object")));
    }
    AccessEvent event = reader.event(madeId);
    if (strict) {
      reader.unknown();
    }
    return new Read(reader.faults.isEmpty() ? event : null, List.copyOf(reader.faults));
  }

  private AccessEvent event(String madeId) {
    String id = text("event_id", 128);
    if (id == null && madeId == null && !json.has("event_id")) {
      fault("event_id", "is missing");
    }
    return new AccessEvent(
        id == null ? madeId : id,
        fileId(),
        kind(),
        time(),
        text("client_id", 256),
        count("bytes_read"),
        count("bytes_written"),
        number("latency_ms", 0, DAY_MS),
        number("temperature", -1_000_000, 1_000_000),
        flag("high_temp_alert", false),
        number("egress_cost", 0, 1e9),
        number("storage_cost_per_gb", 0, 1e6),
        text("cloud_region", 64),
        flag("sync_conflict", false),
        flag("failed_read", false),
        flag("network_failure", false),
        flag("success", true),
        text("source", 128));
  }

  private void fault(String field, String message) {
    faults.add(new EventFault(field, message));
  }

  private JsonNode node(String field) {
    JsonNode value = json.get(field);
    return value == null || value.isNull() ? null : value;
  }

  private String fileId() {
    JsonNode value = node("file_id");
    if (value != null && !value.isTextual()) {
      fault("file_id", "must be a text");
      return null;
    }
    try {
      return FileIds.require(value == null ? null : value.textValue());
    } catch (MovingDataException e) {
      e.fields().forEach(field -> fault(field.field(), field.message()));
      return null;
    }
  }

  private AccessKind kind() {
    JsonNode value = node("event");
    String word = value == null ? "read" : value.isTextual() ? value.textValue() : "";
    return switch (word) {
      case "read" -> AccessKind.READ;
      case "write" -> AccessKind.WRITE;
      default -> {
        fault("event", "must be read or write");
        yield null;
      }
    };
  }

  private Instant time() {
    JsonNode value = node("ts");
    if (value == null) {
      return now;
    }
    Instant at = null;
    try {
      if (value.isTextual()) {
        at = OffsetDateTime.parse(value.textValue()).toInstant();
      } else if (value.isNumber()) {
        BigDecimal millis = value.decimalValue().movePointRight(3);
        at = Instant.ofEpochMilli(millis.longValue());
      }
    } catch (DateTimeException | NumberFormatException e) {
      at = null; // said below, as for a value of another type
    }
    if (at == null) {
      fault("ts", "must be an ISO-8601 time with its offset, or seconds since 1970");
    } else if (at.isAfter(now.plus(FUTURE))) {
      fault("ts", "lies more than 5 minutes in the future");
    } else if (at.isBefore(EARLIEST)) {
      fault("ts", "lies before the year 2000");
    }
    return at;
  }

  private String text(String field, int longest) {
    JsonNode value = node(field);
    if (value == null) {
      return null;
    }
    String text = value.isTextual() ? value.textValue() : "";
    if (text.isEmpty() || text.length() > longest || text.chars().anyMatch(c -> c < ' ')) {
      fault(field, "must be a text of 1 to " + longest + " characters without control characters");
      return null;
    }
    return text;
  }

  private long count(String field) {
    JsonNode value = node(field);
    if (value == null) {
      return 0;
    }
    boolean whole = value.isIntegralNumber() && value.canConvertToLong();
    if (!whole || value.longValue() < 0 || value.longValue() > MOST_BYTES) {
      fault(field, "must be a whole number from 0 to " + MOST_BYTES);
      return 0;
    }
    return value.longValue();
  }

  private Double number(String field, double least, double most) {
    JsonNode value = node(field);
    if (value == null) {
      return null;
    }
    double given = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!(given >= least && given <= most)) {
      fault(field, "must be a number from %.0f to %.0f".formatted(least, most));
      return null;
    }
    return given;
  }

  private boolean flag(String field, boolean otherwise) {
    JsonNode value = node(field);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      fault(field, "must be true or false");
    }
    return value.booleanValue();
  }

  private void unknown() {
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        String shown = name.length() > 64 ? name.substring(0, 64) + "…" : name;
        fault(shown, "is not a field here; known are " + FIELDS);
      }
    }
  }
}
