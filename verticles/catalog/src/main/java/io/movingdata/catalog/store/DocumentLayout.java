package io.movingdata.catalog.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How records of one type are laid out as documents: their JSON, with one component as {@code _id},
 * and times as text of fixed width, so that their order as text is their order in time.
 *
 * @param type the record
 * @param idField the component that is the document's {@code _id}, in snake case
 */
public record DocumentLayout<T>(Class<T> type, String idField) {
  private static final String ID = "_id";
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final DateTimeFormatter FIXED_WIDTH =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter();
  private static final ObjectMapper MAPPER =
      Json.mapper()
          .copy()
          .registerModule(
              new SimpleModule()
                  .addSerializer(new FixedWidthInstant())
                  .addSerializer(JsonObject.class, new JsonObjectAsMap())
                  .addSerializer(JsonArray.class, new JsonArrayAsList()));

  /** The document of a record. */
  public JsonObject toDocument(T value) {
    JsonObject document = new JsonObject(MAPPER.convertValue(value, MAP));
    return document.put(ID, document.remove(idField));
  }

  /** The record of a document. */
  public T fromDocument(JsonObject document) {
    Map<String, Object> values = new LinkedHashMap<>(document.getMap());
    values.put(idField, values.remove(ID));
    try {
      return MAPPER.convertValue(values, type);
    } catch (IllegalArgumentException e) {
      String problem =
          e.getCause() instanceof JsonProcessingException json
              ? json.getOriginalMessage()
              : e.getMessage();
      throw MovingDataException.of(
          ErrorCode.INTERNAL,
          "a stored document is not a " + type.getSimpleName() + ": " + problem,
          e);
    }
  }

  /** A time as it stands in documents and filters. */
  public static String time(Instant instant) {
    return FIXED_WIDTH.format(instant);
  }

  private static final class FixedWidthInstant extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1L;

    FixedWidthInstant() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(time(value));
    }
  }

  private static final class JsonObjectAsMap extends JsonSerializer<JsonObject> {
    @Override
    public void serialize(JsonObject value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writePOJO(value.getMap());
    }
  }

  private static final class JsonArrayAsList extends JsonSerializer<JsonArray> {
    @Override
    public void serialize(JsonArray value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writePOJO(value.getList());
    }
  }
}
