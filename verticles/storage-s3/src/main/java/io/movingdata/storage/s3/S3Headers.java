package io.movingdata.storage.s3;

import io.movingdata.core.error.MovingDataException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The headers that a new object is given: our metadata, and who encrypts it at rest. */
final class S3Headers {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern VALUE = Pattern.compile("[!-~]([ -~]*[!-~])?");

  private final String kmsKey;

  /** With a key alias or id for SSE-KMS, null for the bucket's own rule. */
  S3Headers(String kmsKey) {
    this.kmsKey = kmsKey == null || kmsKey.isBlank() ? null : kmsKey;
  }

  /**
   * The headers of a put, or of the beginning of an upload.
   *
   * @throws MovingDataException {@code INVALID_REQUEST} for metadata that no header can hold
   */
  Map<String, String> of(Map<String, String> metadata) {
    Map<String, String> headers = new TreeMap<>();
    metadata.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw MovingDataException.invalid(
                "metadata", "names are lower-case letters and digits, values printable ASCII");
          }
          headers.put("x-amz-meta-" + name, value);
        });
    if (kmsKey != null) {
      headers.put("x-amz-server-side-encryption", "aws:kms");
      headers.put("x-amz-server-side-encryption-aws-kms-key-id", kmsKey);
    }
    return headers;
  }
}
