package io.movingdata.storage.gcs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An object resource of the JSON API, as far as it is used.
 *
 * @param size bytes, null where the resource does not say
 * @param crc32c four big-endian bytes in base64, null where the provider computed none
 * @param md5Hash 16 bytes in base64, null for objects that the provider composed
 */
record GcsObject(
    @JsonProperty("name") String name,
    @JsonProperty("size") Long size,
    @JsonProperty("generation") Long generation,
    @JsonProperty("crc32c") String crc32c,
    @JsonProperty("md5Hash") String md5Hash,
    @JsonProperty("metadata") Map<String, String> metadata,
    @JsonProperty("updated") Instant updated) {

  private static final Pattern CRC32C = Pattern.compile("[A-Za-z0-9+/]{6}==");

  /** Whether everything is there without which nothing can be compared, and well formed. */
  boolean complete() {
    return name != null
        && size != null
        && size >= 0
        && generation != null
        && (crc32c == null || CRC32C.matcher(crc32c).matches())
        && (metadata == null || !metadata.containsValue(null));
  }

  /** The checksum, null where there is none. */
  Crc32cValue checksum() {
    return crc32c == null ? null : Crc32cValue.ofBase64(crc32c);
  }

  /** The object as the contract describes it. */
  ObjectStat stat() {
    String checksum = crc32c == null ? null : "crc32c:" + checksum().hex();
    return new ObjectStat(name, size, Generations.tag(generation), checksum, metadata, updated);
  }
}
