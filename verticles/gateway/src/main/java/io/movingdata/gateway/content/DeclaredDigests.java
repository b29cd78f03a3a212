package io.movingdata.gateway.content;

import io.movingdata.core.error.MovingDataException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client says that its content hashes to, in lower-case hexadecimal; null where it does not
 * say. Digests of other algorithms are ignored, as RFC 9530 wants.
 */
record DeclaredDigests(String sha256, String md5) {
  private static final Pattern ENTRY = Pattern.compile("([a-z0-9-]+)=:([A-Za-z0-9+/=]*):");
  private static final int SHA256_BYTES = 32;
  private static final int MD5_BYTES = 16;

  /**
   * Reads the headers.
   *
   * @throws MovingDataException invalid request naming the header that is malformed
   */
  static DeclaredDigests parse(String contentMd5, String reprDigest, String contentDigest) {
    String md5 = contentMd5 == null ? null : decode("Content-MD5", contentMd5.strip(), MD5_BYTES);
    String fromRepr = sha256("Repr-Digest", reprDigest);
    String fromContent = sha256("Content-Digest", contentDigest);
    if (fromRepr != null && fromContent != null && !fromRepr.equals(fromContent)) {
      throw MovingDataException.invalid("Content-Digest", "contradicts Repr-Digest");
    }
    return new DeclaredDigests(fromRepr == null ? fromContent : fromRepr, md5);
  }

  private static String sha256(String header, String value) {
    if (value == null) {
      return null;
    }
    String found = null;
    for (String part : value.split(",", -1)) {
      Matcher entry = ENTRY.matcher(part.strip());
      if (!entry.matches()) {
        throw MovingDataException.invalid(header, "must look like sha-256=:<base64>:");
      }
      if (entry.group(1).equals("sha-256")) {
        found = decode(header, entry.group(2), SHA256_BYTES);
      }
    }
    return found;
  }

  private static String decode(String header, String base64, int bytes) {
    try {
      byte[] digest = Base64.getDecoder().decode(base64);
      if (digest.length == bytes) {
        return HexFormat.of().formatHex(digest);
      }
    } catch (IllegalArgumentException e) {
      throw MovingDataException.invalid(header, "is not base64");
    }
    throw MovingDataException.invalid(header, "must be " + bytes + " bytes in base64");
  }

  /** Whether an MD5 has to be computed. */
  boolean wantsMd5() {
    return md5 != null;
  }

  /**
   * Compares with what was received.
   *
   * @param receivedMd5 may be null where it is not wanted
   * @throws MovingDataException invalid request naming each header that does not hold
   */
  void require(String receivedSha256, String receivedMd5) {
    List<MovingDataException.FieldError> wrong = new ArrayList<>();
    if (sha256 != null && !sha256.equals(receivedSha256)) {
      wrong.add(
          new MovingDataException.FieldError(
              "Repr-Digest", "the content received has SHA-256 " + receivedSha256));
    }
    if (md5 != null && !md5.equals(receivedMd5)) {
      wrong.add(
          new MovingDataException.FieldError(
              "Content-MD5", "the content received has MD5 " + receivedMd5));
    }
    if (!wrong.isEmpty()) {
      throw MovingDataException.invalid(wrong);
    }
  }
}
