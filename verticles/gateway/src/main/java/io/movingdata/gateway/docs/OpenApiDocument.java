package io.movingdata.gateway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.json.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The API document as it lies beside the classes. */
record OpenApiDocument(JsonNode root, Buffer bytes) {
  private static final String RESOURCE = "/io/movingdata/gateway/openapi.json";

  /** Reads it; a build without it does not start. */
  static OpenApiDocument load() {
    try (InputStream stream = OpenApiDocument.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the gateway's jar");
      }
      byte[] bytes = stream.readAllBytes();
      return new OpenApiDocument(Json.mapper().readTree(bytes), Buffer.buffer(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", e);
    }
  }
}
