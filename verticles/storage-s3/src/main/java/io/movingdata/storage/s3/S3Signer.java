package io.movingdata.storage.s3;

import io.movingdata.core.config.LocationConfig.S3Credentials;
import io.movingdata.core.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests with AWS signature version 4 in the {@code Authorization} header. Path and query
 * come encoded and sorted (see {@link Percent}) and are signed as they are; the body is always
 * signed by its SHA-256.
 */
final class S3Signer {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final Pattern SPACES = Pattern.compile(" +");
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final String accessKey;
  private final Secret secretKey;
  private final Secret sessionToken;
  private final String region;
  private final String service;

  /** Signs for S3 with the credentials of a location. */
  S3Signer(S3Credentials credentials) {
    this(
        credentials.accessKey(),
        credentials.secretKey(),
        credentials.sessionToken(),
        credentials.region(),
        "s3");
  }

  /** Signs for any service; {@code sessionToken} is null for long-lived keys. */
  S3Signer(String accessKey, Secret secretKey, Secret sessionToken, String region, String service) {
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.sessionToken = sessionToken;
    this.region = region;
    this.service = service;
  }

  /**
   * The headers to send: those given, {@code x-amz-content-sha256} and what {@link #sign} adds.
   *
   * @param path encoded
   * @param query encoded and sorted, empty for none
   * @param headers what else is signed; must have {@code host}
   * @param bodySha256 lower-case hexadecimal digits
   */
  SortedMap<String, String> signForS3(
      String method,
      String path,
      String query,
      Map<String, String> headers,
      String bodySha256,
      Instant now) {
    SortedMap<String, String> withBody = new TreeMap<>(headers);
    withBody.put("x-amz-content-sha256", bodySha256);
    return sign(method, path, query, withBody, bodySha256, now);
  }

  /** The headers to send: those given, the time, the session token and the signature. */
  SortedMap<String, String> sign(
      String method,
      String path,
      String query,
      Map<String, String> headers,
      String bodySha256,
      Instant now) {
    SortedMap<String, String> signed = new TreeMap<>();
    headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value));
    String second = SECOND.format(now);
    signed.put("x-amz-date", second);
    if (sessionToken != null) {
      signed.put("x-amz-security-token", sessionToken.reveal());
    }
    String names = String.join(";", signed.keySet());
    String canonical =
        String.join("\n", method, path, query, canonicalHeaders(signed), names, bodySha256);
    String day = second.substring(0, 8);
    String scope = String.join("/", day, region, service, "aws4_request");
    String toSign = String.join("\n", ALGORITHM, second, scope, sha256Hex(bytes(canonical)));
    String signature = HexFormat.of().formatHex(hmac(signingKey(day), toSign));
    signed.put(
        "authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(ALGORITHM, accessKey, scope, names, signature));
    return signed;
  }

  /** SHA-256 in lower-case hexadecimal digits. */
  static String sha256Hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String canonicalHeaders(SortedMap<String, String> headers) {
    return headers.entrySet().stream()
        .map(h -> h.getKey() + ":" + SPACES.matcher(h.getValue().trim()).replaceAll(" ") + "\n")
        .collect(Collectors.joining());
  }

  private byte[] signingKey(String day) {
    byte[] ofDay = hmac(bytes("AWS4" + secretKey.reveal()), day);
    return hmac(hmac(hmac(ofDay, region), service), "aws4_request");
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
