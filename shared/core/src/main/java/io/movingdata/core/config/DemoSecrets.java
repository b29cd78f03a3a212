package io.movingdata.core.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;

/** The keys and passwords that everybody knows, by their SHA-256. */
final class DemoSecrets {
  private static final Set<String> KNOWN =
      Set.of(
          // The Fernet keys of the local profile: s3, azure, gcs.
          "1279aca48a293ef304ee86852ff26409dee984923fa18ece4c74fd038c6e1bb5",
          "7885003f433deb46f12f56ec696bb4a1eb39d0a4ec775d56c085857a919fba8c",
          "f150803868bb34cfa34bb4e9e621a49458020ae49df25c4454f4d06cf12568e0",
          // The secret key of the local S3 server, MinIO's own default, and Azurite's account key.
          "17143bf46b6c0d64901a7a0834f8947e654e9cdddc74dbbededbf392d3478085",
          "ad9858116e63b0c5a4d7dc7f50f034c7247e56838dae22c1832712ffde48e694",
          "0011cc25eb4320717494d2703e8cba85743e71b500283c21c8b88147992f9059");

  private DemoSecrets() {}

  /** Whether the text is one of them or, for a keyring, holds one. */
  static boolean contains(String text) {
    return Stream.of(text.split(",", -1))
        .map(String::strip)
        .map(entry -> entry.length() == 43 ? entry + "=" : entry)
        .anyMatch(entry -> KNOWN.contains(sha256(entry)));
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
