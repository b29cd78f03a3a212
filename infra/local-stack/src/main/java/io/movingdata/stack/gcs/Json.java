package io.movingdata.stack.gcs;

import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON objects in requests, replies and files. */
final class Json {

  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final int MAX_BYTES = 1 << 20;

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  /**
   * Reads an object of at most 1 MiB; nothing at all stands for an empty one.
   *
   * @throws GcsException if it is larger, or no JSON object
   */
  static ObjectNode read(InputStream in) throws IOException, GcsException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw GcsException.invalid("The metadata are larger than 1 MiB.");
    }
    return bytes.length == 0 ? object() : read(bytes);
  }

  /**
   * Reads an object.
   *
   * @throws GcsException if it is no JSON object
   */
  static ObjectNode read(byte[] bytes) throws GcsException {
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw GcsException.invalid("Parse Error: " + e.getOriginalMessage());
    }
    throw GcsException.invalid("Parse Error: not a JSON object");
  }
}
