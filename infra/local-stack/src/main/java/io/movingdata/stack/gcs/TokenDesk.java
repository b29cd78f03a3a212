package io.movingdata.stack.gcs;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Issues access tokens to a service account that proves itself with a signed assertion, and asks
 * callers for one. Tokens end with the process.
 */
final class TokenDesk {

  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final int MAX_FORM = 16 * 1024;

  private final GcsAccess access;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Instant> issued = new ConcurrentHashMap<>();

  TokenDesk(GcsAccess access) {
    this.access = access;
  }

  /**
   * Lets a request pass.
   *
   * @throws GcsException 401 if it shows no valid token where one is needed
   */
  void check(HttpCall call) throws GcsException {
    if (access.isOpen()) {
      return;
    }
    String shown = call.header("Authorization").orElse("");
    if (shown.startsWith("Bearer ")) {
      String token = shown.substring("Bearer ".length());
      Instant end = issued.get(token);
      boolean issuedHere = end != null && end.isAfter(Instant.now());
      if (issuedHere || access.token().filter(token::equals).isPresent()) {
        return;
      }
    }
    throw GcsException.unauthorized("Invalid Credentials");
  }

  /** Answers a token request in the way of OAuth. */
  void issue(HttpCall call) throws IOException {
    ObjectNode reply = Json.object();
    try {
      if (!call.method().equals("POST") || access.key().isEmpty()) {
        throw GcsException.invalid("no tokens are issued here");
      }
      Map<String, String> form = form(call.body().readNBytes(MAX_FORM));
      if (!GRANT.equals(form.get("grant_type"))) {
        throw GcsException.invalid("grant_type must be " + GRANT);
      }
      verify(form.getOrDefault("assertion", ""), access.key().get());
    } catch (GcsException e) {
      call.reply(400, reply.put("error", "invalid_grant").put("error_description", e.getMessage()));
      return;
    }
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String token = "ya29." + HexFormat.of().formatHex(secret);
    issued.put(token, Instant.now().plus(LIFE));
    reply.put("access_token", token).put("token_type", "Bearer");
    call.reply(200, reply.put("expires_in", LIFE.toSeconds()));
  }

  private static void verify(String assertion, RSAPublicKey key) throws GcsException {
    String[] parts = assertion.split("\\.", -1);
    if (parts.length != 3) {
      throw GcsException.invalid("The assertion is not a signed JWT.");
    }
    Base64.Decoder base64 = Base64.getUrlDecoder();
    ObjectNode header = Json.read(base64.decode(parts[0]));
    if (!header.path("alg").asString("").equals("RS256")) {
      throw GcsException.invalid("The assertion must be signed with RS256.");
    }
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key);
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      if (!signature.verify(base64.decode(parts[2]))) {
        throw GcsException.invalid("Invalid JWT Signature.");
      }
    } catch (GeneralSecurityException e) {
      throw GcsException.invalid("Invalid JWT Signature: " + e.getMessage());
    }
    verifyClaims(Json.read(base64.decode(parts[1])));
  }

  private static void verifyClaims(ObjectNode claims) throws GcsException {
    Instant now = Instant.now();
    Instant from = Instant.ofEpochSecond(claims.path("iat").asLong(0));
    Instant end = Instant.ofEpochSecond(claims.path("exp").asLong(0));
    if (end.isBefore(now) || from.isAfter(now.plus(SKEW)) || end.isAfter(from.plus(LIFE))) {
      throw GcsException.invalid(
          "Token must be a short-lived token (60 minutes) and in a reasonable timeframe.");
    }
    if (claims.path("iss").asString("").isEmpty() || claims.path("scope").asString("").isEmpty()) {
      throw GcsException.invalid("The assertion needs iss and scope.");
    }
    if (!claims.path("aud").asString("").endsWith("/token")) {
      throw GcsException.invalid("The assertion is for another audience.");
    }
  }

  private static Map<String, String> form(byte[] body) {
    return Stream.of(new String(body, StandardCharsets.US_ASCII).split("&", -1))
        .map(item -> item.split("=", 2))
        .filter(item -> item.length == 2)
        .collect(Collectors.toMap(item -> decode(item[0]), item -> decode(item[1]), (a, b) -> a));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
