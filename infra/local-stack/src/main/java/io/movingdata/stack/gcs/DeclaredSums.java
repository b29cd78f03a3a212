package io.movingdata.stack.gcs;

import tools.jackson.databind.JsonNode;

/**
 * The checksums that a client says its object has; empty where it says nothing.
 *
 * @param md5Hash base64
 * @param crc32c base64 of the big-endian value
 */
record DeclaredSums(String md5Hash, String crc32c) {

  /** From an object resource. */
  static DeclaredSums ofResource(JsonNode resource) {
    return new DeclaredSums(
        resource.path("md5Hash").asString(""), resource.path("crc32c").asString(""));
  }

  /** From the header {@code x-goog-hash}, for example {@code crc32c=AAAAAA==,md5=...}. */
  static DeclaredSums ofHeader(String header) {
    String md5 = "";
    String crc = "";
    for (String item : header.split(",", -1)) {
      String sum = item.strip();
      if (sum.startsWith("md5=")) {
        md5 = sum.substring("md5=".length());
      } else if (sum.startsWith("crc32c=")) {
        crc = sum.substring("crc32c=".length());
      }
    }
    return new DeclaredSums(md5, crc);
  }

  /** These, and where they say nothing, others. */
  DeclaredSums orElse(DeclaredSums others) {
    return new DeclaredSums(
        md5Hash.isEmpty() ? others.md5Hash : md5Hash, crc32c.isEmpty() ? others.crc32c : crc32c);
  }

  /**
   * Compares them with what was received.
   *
   * @throws GcsException 400 if one differs
   */
  void check(Checksums.Values received) throws GcsException {
    compare("MD5 hash", md5Hash, received.md5Hash());
    compare("CRC32C", crc32c, received.crc32c());
  }

  private static void compare(String what, String declared, String received) throws GcsException {
    if (!declared.isEmpty() && !declared.equals(received)) {
      throw GcsException.invalid(
          "Provided %s \"%s\" doesn't match calculated %s \"%s\"."
              .formatted(what, declared, what, received));
    }
  }
}
