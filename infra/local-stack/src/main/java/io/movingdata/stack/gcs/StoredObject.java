package io.movingdata.stack.gcs;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One live object.
 *
 * @param generation of the content: microseconds, never the same twice
 * @param metageneration of the metadata within that generation, from 1
 * @param sums its size and checksums
 * @param settings what the client may set, as in the object resource ({@code contentType}, {@code
 *     metadata} and so on)
 * @param uploadId the resumable session it came from, or empty
 */
record StoredObject(
    String name,
    long generation,
    long metageneration,
    Checksums.Values sums,
    Instant created,
    Instant updated,
    ObjectNode settings,
    String uploadId) {

  private static final List<String> SETTABLE =
      List.of(
          "contentType",
          "contentEncoding",
          "contentDisposition",
          "contentLanguage",
          "cacheControl",
          "customTime",
          "storageClass",
          "metadata");

  /** What of a resource the client may set; null removes it. */
  static ObjectNode settingsOf(JsonNode resource) {
    ObjectNode settings = Json.object();
    for (String field : SETTABLE) {
      JsonNode value = resource.get(field);
      if (value != null && !value.isNull()) {
        settings.set(field, value.deepCopy());
      }
    }
    return settings;
  }

  /** The same content with other settings. */
  StoredObject withSettings(ObjectNode changed, Instant now) {
    return new StoredObject(
        name, generation, metageneration + 1, sums, created, now, changed, uploadId);
  }

  String contentType() {
    return settings.path("contentType").asString("application/octet-stream");
  }

  String etag() {
    return "CG" + Long.toString(generation, 36) + "E" + metageneration;
  }

  /** As the file beside the content holds it. */
  ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("name", name).put("generation", generation).put("metageneration", metageneration);
    json.put("size", sums.size()).put("md5Hash", sums.md5Hash()).put("crc32c", sums.crc32c());
    json.put("created", created.toString()).put("updated", updated.toString());
    json.put("uploadId", uploadId);
    json.set("settings", settings);
    return json;
  }

  /** The reverse of {@link #toJson}. */
  static StoredObject ofJson(ObjectNode json) {
    return new StoredObject(
        json.get("name").stringValue(),
        json.get("generation").longValue(),
        json.get("metageneration").longValue(),
        new Checksums.Values(
            json.get("size").longValue(),
            json.get("md5Hash").stringValue(),
            json.get("crc32c").stringValue()),
        Instant.parse(json.get("created").stringValue()),
        Instant.parse(json.get("updated").stringValue()),
        (ObjectNode) json.get("settings"),
        json.get("uploadId").stringValue());
  }

  /** As a client sees it. */
  ObjectNode toResource(String baseUrl, String bucket) {
    String path =
        "/storage/v1/b/"
            + bucket
            + "/o/"
            + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    ObjectNode resource = Json.object();
    resource.put("kind", "storage#object");
    resource.put("id", bucket + "/" + name + "/" + generation);
    resource.put("selfLink", baseUrl + path);
    resource.put(
        "mediaLink", baseUrl + "/download" + path + "?generation=" + generation + "&alt=media");
    resource.put("name", name).put("bucket", bucket);
    resource.put("generation", Long.toString(generation));
    resource.put("metageneration", Long.toString(metageneration));
    resource.put("contentType", contentType()).put("storageClass", "STANDARD");
    resource.put("size", Long.toString(sums.size()));
    resource.put("md5Hash", sums.md5Hash()).put("crc32c", sums.crc32c());
    resource.put("etag", etag());
    resource.put("timeCreated", created.toString()).put("updated", updated.toString());
    resource.put("timeStorageClassUpdated", created.toString());
    resource.setAll(settings);
    return resource;
  }
}
