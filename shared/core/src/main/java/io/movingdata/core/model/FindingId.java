package io.movingdata.core.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names what a finding is about: {@code <location>.<hash of the key or file id>}. */
public final class FindingId {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._-]{1,80}\\.[0-9a-f]{24}");
  private static final int HASH = 12;

  private FindingId() {}

  /** The id for an object of a location; {@code location} null: for the catalog. */
  public static String of(String location, String keyOrFileId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(keyOrFileId.getBytes(StandardCharsets.UTF_8));
      String hash = HexFormat.of().formatHex(digest, 0, HASH);
      return (location == null ? "catalog" : location) + "." + hash;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Whether a text has the shape of an id. */
  public static boolean matches(String text) {
    return text != null && SHAPE.matcher(text).matches();
  }
}
