package io.movingdata.core.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/**
 * The one mapping between records and JSON: snake_case names, ISO-8601 times, absent instead of
 * null, unknown fields ignored (a newer node may send them).
 */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final ObjectMapper STRICT =
      MAPPER.copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** To look for a field that comes twice costs a fifth of the reading, and nodes write none. */
  private static final ObjectReader MESSAGES =
      MAPPER.reader().without(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

  private Json() {}

  /** The mapper of messages and documents: lenient to fields that it does not know. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The mapper of what clients send: an unknown field is an error. */
  public static ObjectMapper strictMapper() {
    return STRICT;
  }

  /** The record as UTF-8 JSON. */
  public static Buffer toBuffer(Object value) {
    try {
      return Buffer.buffer(MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw MovingDataException.of(ErrorCode.INTERNAL, "a message cannot be written as JSON", e);
    }
  }

  /**
   * Reads a record.
   *
   * @throws MovingDataException {@link ErrorCode#INVALID_REQUEST} when the bytes are not JSON of
   *     that shape
   */
  public static <T> T fromBuffer(Buffer bytes, Class<T> type) {
    try {
      return MESSAGES.forType(type).readValue(bytes.getBytes());
    } catch (IOException e) {
      if (e.getCause() instanceof MovingDataException refused) {
        throw refused;
      }
      throw MovingDataException.of(
          ErrorCode.INVALID_REQUEST, "not a valid " + type.getSimpleName(), e);
    }
  }

  /** The record as a JSON object, for documents. */
  public static JsonObject toObject(Object value) {
    return new JsonObject(toBuffer(value));
  }

  /** A record from a JSON object, for documents. */
  public static <T> T fromObject(JsonObject object, Class<T> type) {
    return fromBuffer(object.toBuffer(), type);
  }
}
