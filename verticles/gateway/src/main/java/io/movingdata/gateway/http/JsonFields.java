package io.movingdata.gateway.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields of a JSON object that a client sent, read one by one with their checks. Nothing is
 * coerced; {@link #check()} then refuses with everything that was wrong, unknown fields included.
 */
public final class JsonFields {
  private static final int DEPTH = 32;
  private static final int MOST_ROLES = 32;
  private static final ObjectMapper MAPPER = Json.strictMapper().copy();

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH)
                .maxNumberLength(64)
                .maxNameLength(512)
                .build());
  }

  /** Reads a value of many that follow one another. */
  private static final ObjectMapper PIECES =
      MAPPER.copy().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonNode object;
  private final String prefix;
  private final FieldErrors errors;
  private final Set<String> known = new TreeSet<>();
  private final List<JsonFields> nested = new ArrayList<>();

  JsonFields(JsonNode object, String prefix, FieldErrors errors) {
    this.object = object;
    this.prefix = prefix;
    this.errors = errors;
  }

  /**
   * Parses a body.
   *
   * @param empty whether no body at all stands for an empty object
   * @throws MovingDataException invalid request where it is not one JSON object, names a field
   *     twice, or is nested too deeply
   */
  public static JsonFields parse(Buffer body, boolean empty) {
    if (body.length() == 0 && empty) {
      return of(JsonNodeFactory.instance.objectNode());
    }
    JsonNode root = tree(body);
    if (!root.isObject()) {
      throw MovingDataException.of(ErrorCode.INVALID_REQUEST, "the body must be a JSON object");
    }
    return of(root);
  }

  /**
   * Parses a body of any JSON.
   *
   * @throws MovingDataException invalid request where it is none, names a field twice, or is nested
   *     too deeply
   */
  public static JsonNode tree(Buffer body) {
    try {
      return MAPPER.readTree(body.getBytes());
    } catch (JsonProcessingException e) {
      throw MovingDataException.of(ErrorCode.INVALID_REQUEST, "the body is " + fault(e), e);
    } catch (IOException e) {
      throw MovingDataException.of(ErrorCode.INVALID_REQUEST, "the body is not JSON", e);
    }
  }

  /** Reads a body piece by piece, with the same limits. */
  static JsonParser parser(Buffer body) throws IOException {
    return PIECES.createParser(body.getBytes());
  }

  private static JsonFields of(JsonNode root) {
    return new JsonFields(root, "", new FieldErrors());
  }

  static String fault(JsonProcessingException e) {
    String line =
        e.getLocation() == null
            ? ""
            : " at line " + e.getLocation().getLineNr() + ", column " + column(e);
    String message = String.valueOf(e.getOriginalMessage());
    if (message.startsWith("Duplicate field")) {
      return "not acceptable JSON: a field is there twice" + line;
    }
    return "not acceptable JSON" + line;
  }

  private static int column(JsonProcessingException e) {
    return e.getLocation().getColumnNr();
  }

  private JsonNode node(String name) {
    known.add(name);
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private <T> T wrong(String name, String message, T otherwise) {
    errors.add(prefix + name, message);
    return otherwise;
  }

  /** Whether a field is there and not null. */
  public boolean has(String name) {
    return node(name) != null;
  }

  /** A text that must be there and not empty. */
  public String text(String name) {
    JsonNode value = node(name);
    if (value == null) {
      return wrong(name, "is missing", null);
    }
    return value.isTextual() && !value.textValue().isEmpty()
        ? value.textValue()
        : wrong(name, "must be a text", null);
  }

  /** A text, null where absent. */
  public String optionalText(String name) {
    return node(name) == null ? null : text(name);
  }

  /** Texts, null where absent. */
  public List<String> texts(String name, int most) {
    JsonNode value = node(name);
    if (value == null) {
      return null;
    }
    if (!value.isArray() || value.size() > most) {
      return wrong(name, "must be a list of at most " + most + " texts", null);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : value) {
      if (!item.isTextual()) {
        return wrong(name + "[" + texts.size() + "]", "must be a text", null);
      }
      texts.add(item.textValue());
    }
    return texts;
  }

  /** The roles that the caller names, null where it names none. */
  public List<String> principalRoles() {
    return texts("principal_roles", MOST_ROLES);
  }

  /** A whole number within bounds. */
  public Long number(String name, long least, long most, Long otherwise) {
    JsonNode value = node(name);
    if (value == null) {
      return otherwise;
    }
    boolean fits = value.isIntegralNumber() && value.canConvertToLong();
    return fits && value.longValue() >= least && value.longValue() <= most
        ? (Long) value.longValue()
        : wrong(name, "must be a whole number from " + least + " to " + most, otherwise);
  }

  /** A number within bounds, null where absent. */
  public Double decimal(String name, double least, double most) {
    JsonNode value = node(name);
    if (value == null) {
      return null;
    }
    double given = value.isNumber() ? value.doubleValue() : Double.NaN;
    return given >= least && given <= most
        ? (Double) given
        : wrong(name, "must be a number from %.0f to %.0f".formatted(least, most), null);
  }

  /** True or false. */
  public boolean flag(String name) {
    JsonNode value = node(name);
    if (value == null) {
      return false;
    }
    return value.isBoolean() ? value.booleanValue() : wrong(name, "must be true or false", false);
  }

  /** A time, null where absent. */
  public Instant time(String name) {
    JsonNode value = node(name);
    if (value == null) {
      return null;
    }
    Optional<Instant> time = Optional.empty();
    if (value.isTextual()) {
      time = Times.parse(value.textValue());
    } else if (value.isNumber()) {
      time = Times.ofSeconds(value.doubleValue());
    }
    return time.orElseGet(
        () -> wrong(name, "must be an ISO-8601 time or seconds since 1970", null));
  }

  /** An object that must be there. */
  public JsonFields object(String name) {
    JsonNode value = node(name);
    if (value == null || !value.isObject()) {
      wrong(name, value == null ? "is missing" : "must be an object", null);
      value = JsonNodeFactory.instance.objectNode();
    }
    JsonFields fields = new JsonFields(value, prefix + name + ".", errors);
    nested.add(fields);
    return fields;
  }

  /** Objects of a list that must be there. */
  public List<JsonFields> objects(String name, int most) {
    JsonNode value = node(name);
    if (value == null || !value.isArray() || value.size() > most) {
      return wrong(name, "must be a list of at most " + most + " objects", List.of());
    }
    List<JsonFields> all = new ArrayList<>();
    for (JsonNode item : value) {
      String where = name + "[" + all.size() + "]";
      if (!item.isObject()) {
        return wrong(where, "must be an object", List.of());
      }
      JsonFields fields = new JsonFields(item, prefix + where + ".", errors);
      nested.add(fields);
      all.add(fields);
    }
    return all;
  }

  /** Records that a field is wrong. */
  public void refuse(String name, String message) {
    errors.add(prefix + name, message);
  }

  /** The object as compact JSON. */
  @Override
  public String toString() {
    return object.toString();
  }

  /**
   * Ends the reading.
   *
   * @throws MovingDataException invalid request naming each field at fault
   */
  public void check() {
    nested.forEach(JsonFields::unknown);
    unknown();
    errors.check();
  }

  /** Refuses fields that nobody asked for. */
  void unknown() {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        String shown = name.length() > 64 ? name.substring(0, 64) + "…" : name;
        errors.add(prefix + shown, "is not a field here; known are " + known);
      }
    }
  }
}
