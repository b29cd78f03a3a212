package io.movingdata.gateway.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A body that is one object with one long list of objects in it: the list is read object by object,
 * never as a whole. For threads that may be kept busy.
 */
public final class JsonStream {
  private static final int MOST_ERRORS = 100;

  private JsonStream() {}

  /**
   * Reads a body.
   *
   * @param list name of the long list; may be absent
   * @param most how many objects it may have
   * @param each is given each of them, and need not check it
   * @return the other fields, to be read and checked; errors of the list are among theirs
   * @throws MovingDataException invalid request where it is no such body, or as soon as very much
   *     is wrong with it
   */
  public static JsonFields read(Buffer body, String list, int most, Consumer<JsonFields> each) {
    FieldErrors errors = new FieldErrors();
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    try (JsonParser json = JsonFields.parser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw MovingDataException.of(ErrorCode.INVALID_REQUEST, "the body must be a JSON object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        boolean isList = json.nextToken() == JsonToken.START_ARRAY && name.equals(list);
        if (isList) {
          objects(json, list, most, each, errors);
        } else {
          rest.set(name, json.readValueAsTree());
        }
      }
      if (json.nextToken() != null) {
        throw MovingDataException.of(ErrorCode.INVALID_REQUEST, "something follows the object");
      }
    } catch (JsonProcessingException e) {
      throw MovingDataException.of(
          ErrorCode.INVALID_REQUEST, "the body is " + JsonFields.fault(e), e);
    } catch (IOException e) {
      throw MovingDataException.of(ErrorCode.INVALID_REQUEST, "the body is not JSON", e);
    }
    return new JsonFields(rest, "", errors);
  }

  private static void objects(
      JsonParser json, String list, int most, Consumer<JsonFields> each, FieldErrors errors)
      throws IOException {
    int index = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String where = list + "[" + index + "]";
      JsonNode item = json.readValueAsTree();
      index++;
      if (index > most) {
        errors.add(list, "must have at most " + most + " objects");
        errors.check();
      }
      if (!item.isObject()) {
        errors.add(where, "must be an object");
      } else {
        JsonFields fields = new JsonFields(item, where + ".", errors);
        each.accept(fields);
        fields.unknown();
      }
      if (errors.count() > MOST_ERRORS) {
        errors.check();
      }
    }
  }
}
