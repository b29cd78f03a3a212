package io.movingdata.storage.gcs;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * The object resource that an upload begins with. The checksums, where given, are checked by the
 * provider before there is an object; {@code no-transform} keeps it from ever decompressing one.
 */
record NewObject(
    @JsonProperty("name") String name,
    @JsonProperty("contentType") String contentType,
    @JsonProperty("cacheControl") String cacheControl,
    @JsonProperty("metadata") Map<String, String> metadata,
    @JsonProperty("crc32c") String crc32c,
    @JsonProperty("md5Hash") String md5Hash) {
  /** Ciphertext, whatever was encrypted. */
  static final String CONTENT_TYPE = "application/octet-stream";

  /** An object whose checksums are not known yet. */
  static NewObject of(String name, Map<String, String> metadata) {
    return new NewObject(name, CONTENT_TYPE, "no-transform", metadata, null, null);
  }

  /** An object whose bytes are at hand. */
  static NewObject of(String name, Map<String, String> metadata, BodyDigest digest) {
    return new NewObject(
        name,
        CONTENT_TYPE,
        "no-transform",
        metadata,
        digest.crc32c().base64(),
        digest.md5().base64());
  }
}
