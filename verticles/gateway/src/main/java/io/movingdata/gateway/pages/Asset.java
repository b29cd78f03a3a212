package io.movingdata.gateway.pages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** One file as browsers get it: its bytes, the same compressed, and what names this content. */
final class Asset {
  private static final int WORTH_COMPRESSING = 512;
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final byte[] bytes;
  private final byte[] compressed;
  private final String etag;
  private final String mediaType;

  private Asset(byte[] bytes, byte[] compressed, String etag, String mediaType) {
    this.bytes = bytes;
    this.compressed = compressed;
    this.etag = etag;
    this.mediaType = mediaType;
  }

  /** Whether files of this name are served. */
  static boolean served(String name) {
    return TYPES.containsKey(extension(name));
  }

  static Asset of(String name, byte[] bytes) {
    String digest = HexFormat.of().formatHex(digest().digest(bytes)).substring(0, 20);
    byte[] smaller = bytes.length < WORTH_COMPRESSING ? null : gzip(bytes);
    return new Asset(bytes.clone(), smaller, "W/\"" + digest + "\"", TYPES.get(extension(name)));
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return out.toByteArray();
  }

  byte[] bytes() {
    return bytes.clone();
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Gzipped, null where that is not worth it. */
  byte[] compressed() {
    return compressed == null ? null : compressed.clone();
  }

  /** Weak, since both forms share it. */
  String etag() {
    return etag;
  }

  String mediaType() {
    return mediaType;
  }
}
