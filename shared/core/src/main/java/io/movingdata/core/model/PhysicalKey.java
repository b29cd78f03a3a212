package io.movingdata.core.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name under which a copy is stored: {@code <slug>.<hash of the file id>.<copy id>}. Plain
 * ASCII, at most 200 bytes, without slashes, safe on every provider and file system whatever the
 * file is called, and never used twice.
 */
public final class PhysicalKey {
  private static final int SLUG_LENGTH = 80;
  private static final Pattern OURS =
      Pattern.compile("[a-z0-9-]{1,80}\\.[0-9a-f]{20}\\.[0-9a-f]{32}");

  private PhysicalKey() {}

  /** The key of a copy of a file. */
  public static String of(String fileId, String copyId) {
    return slug(fileId) + "." + hash(fileId) + "." + copyId;
  }

  /** Whether a key has the shape of ours; others in the bucket are none of our business. */
  public static boolean matches(String key) {
    return OURS.matcher(key).matches();
  }

  private static String slug(String fileId) {
    String plain =
        Normalizer.normalize(fileId, Normalizer.Form.NFKD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-");
    String cut = plain.length() > SLUG_LENGTH ? plain.substring(0, SLUG_LENGTH) : plain;
    String trimmed = cut.replaceAll("^-+|-+$", "");
    return trimmed.isEmpty() ? "object" : trimmed;
  }

  private static String hash(String fileId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(fileId.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
