package io.movingdata.storage.gcs;

import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/**
 * One body of a resource and the bytes that it describes ({@code multipart/related}, RFC 2387). The
 * boundary is random, so that no bytes can contain it.
 */
record MultipartRelated(String contentType, Buffer body) {
  static MultipartRelated of(Buffer resource, Buffer bytes) {
    String boundary = "movingdata-" + UUID.randomUUID();
    Buffer body =
        Buffer.buffer(bytes.length() + resource.length() + 512)
            .appendString("--" + boundary + "\r\n")
            .appendString("Content-Type: application/json; charset=UTF-8\r\n\r\n")
            .appendBuffer(resource)
            .appendString("\r\n--" + boundary + "\r\n")
            .appendString("Content-Type: " + NewObject.CONTENT_TYPE + "\r\n\r\n")
            .appendBuffer(bytes)
            .appendString("\r\n--" + boundary + "--\r\n");
    return new MultipartRelated("multipart/related; boundary=" + boundary, body);
  }
}
