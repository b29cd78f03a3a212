package io.movingdata.storage.s3;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.checksum.Md5Value;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.http.HttpDate;
import io.vertx.core.MultiMap;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a server says of bytes that it stored: the entity tag, which is an MD5 (of a whole object)
 * or an MD5 of MD5s (of parts) unless a KMS encrypted them, and the CRC-32C of the whole.
 *
 * @param etag without quotes, null where there is none
 * @param kms whether a key service encrypted the object, so that the tag is no MD5
 * @param crc32c of the whole object, null where the server did not say
 */
record S3Stored(String etag, boolean kms, Crc32cValue crc32c) {
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern MD5_OF_PARTS = Pattern.compile("[0-9a-f]{32}-[0-9]{1,5}");
  private static final String METADATA = "x-amz-meta-";

  /** Reads the headers of an answer to a put, a part, a head or a get. */
  static S3Stored of(MultiMap headers) {
    String encryption = headers.get("x-amz-server-side-encryption");
    boolean customerKey = headers.contains("x-amz-server-side-encryption-customer-algorithm");
    return new S3Stored(
        unquoted(headers.get("etag")),
        customerKey || (encryption != null && encryption.startsWith("aws:kms")),
        wholeCrc(headers));
  }

  /** An entity tag without its quotes; null stays null. */
  static String unquoted(String etag) {
    return etag == null ? null : etag.replace("\"", "").trim();
  }

  /** The tag that an upload of these parts has: the MD5 of their MD5s; null where one has none. */
  static String etagOf(List<PartTag> parts) {
    if (!parts.stream().allMatch(part -> MD5.matcher(part.etag()).matches())) {
      return null;
    }
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      parts.forEach(part -> md5.update(HexFormat.of().parseHex(part.etag())));
      return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  /** Whether what the server says can only be said of these bytes. */
  boolean proves(S3Body body) {
    boolean byTag = !kms && body.md5().hex().equals(etag);
    return byTag || body.crc32c().equals(crc32c);
  }

  /** Whether what the server says cannot be said of these bytes. */
  boolean contradicts(S3Body body) {
    return contradicts(body.md5().hex(), body.crc32c());
  }

  /**
   * Whether what the server says cannot be said of an object with this tag and checksum.
   *
   * @param expectedTag an MD5 or an MD5 of MD5s, null where it is not known
   * @param expectedCrc null where it is not known
   */
  boolean contradicts(String expectedTag, Crc32cValue expectedCrc) {
    boolean tagSpeaks = expectedTag != null && !kms && isDigest(etag);
    boolean crcSpeaks = expectedCrc != null && crc32c != null;
    return (tagSpeaks && !expectedTag.equals(etag)) || (crcSpeaks && !expectedCrc.equals(crc32c));
  }

  /**
   * The checksum as the rest of the system keeps it. The tag comes first, so that an object is
   * described alike whether it was just stored or is asked for later.
   */
  String checksum() {
    if (!kms && etag != null && MD5.matcher(etag).matches()) {
      return "md5:" + etag;
    }
    if (crc32c != null) {
      return "crc32c:" + crc32c.hex();
    }
    return !kms && isDigest(etag) ? "md5-parts:" + etag : null;
  }

  /** The object as callers see it. */
  ObjectStat stat(String key, long size, Map<String, String> metadata, Instant lastModified) {
    return new ObjectStat(key, size, etag, checksum(), metadata, lastModified);
  }

  /** The object that the headers of a head or a get describe. */
  static ObjectStat stat(String key, long size, MultiMap headers) {
    Map<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith(METADATA)) {
        metadata.put(name.substring(METADATA.length()), header.getValue());
      }
    }
    return of(headers).stat(key, size, metadata, HttpDate.parse(headers.get("last-modified")));
  }

  private static boolean isDigest(String etag) {
    return etag != null && (MD5.matcher(etag).matches() || MD5_OF_PARTS.matcher(etag).matches());
  }

  /** A checksum of checksums, {@code <base64>-<parts>}, is not one of the whole. */
  private static Crc32cValue wholeCrc(MultiMap headers) {
    String value = headers.get("x-amz-checksum-crc32c");
    if (value == null || value.indexOf('-') >= 0) {
      return null;
    }
    try {
      return Crc32cValue.ofBase64(value);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The header values that let a server check the bytes of a request. */
  static Map<String, String> checksums(S3Body body, boolean withCrc32c) {
    Md5Value md5 = body.md5();
    return withCrc32c
        ? Map.of("content-md5", md5.base64(), "x-amz-checksum-crc32c", body.crc32c().base64())
        : Map.of("content-md5", md5.base64());
  }
}
