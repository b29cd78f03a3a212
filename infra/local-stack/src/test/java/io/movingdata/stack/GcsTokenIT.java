package io.movingdata.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import io.movingdata.stack.gcs.GcsAccess;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcsTokenIT {

  private static KeyPair keys;
  private static KeyPair otherKeys;
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path data;

  @BeforeAll
  static void makeKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
    otherKeys = generator.generateKeyPair();
  }

  @Test
  void googlesClientGetsInWithTheKeyOfTheServiceAccount() throws Exception {
    GcsServer server = serve();
    try {
      Storage storage = client(server, keys);
      storage.create(BucketInfo.of("box"));
      storage.create(BlobInfo.newBuilder("box", "o").build(), "x".getBytes(UTF_8));
      assertThat(storage.readAllBytes("box", "o")).isEqualTo("x".getBytes(UTF_8));
    } finally {
      server.stop();
    }
  }

  @Test
  void anotherKeyAndNoTokenAreRefused() throws Exception {
    GcsServer server = serve();
    try {
      Storage storage = client(server, otherKeys);
      assertThatThrownBy(() -> storage.create(BucketInfo.of("box")))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("Error getting access token");
      HttpResponse<String> bare = get(server, "");
      assertThat(bare.statusCode()).isEqualTo(401);
      assertThat(bare.body()).contains("\"reason\":\"authError\"");
      assertThat(get(server, "Bearer ya29.guess").statusCode()).isEqualTo(401);
    } finally {
      server.stop();
    }
  }

  @Test
  void anAssertionThatIsStaleForgedOrForAnotherServiceGetsNoToken() throws Exception {
    GcsServer server = serve();
    try {
      long now = Instant.now().getEpochSecond();
      assertThat(token(server, assertion("RS256", now, now + 3600, "https://x/token")))
          .contains("access_token");
      assertThat(token(server, assertion("RS256", now - 7200, now - 3600, "https://x/token")))
          .contains("invalid_grant");
      assertThat(token(server, assertion("RS256", now, now + 7200, "https://x/token")))
          .contains("invalid_grant");
      assertThat(token(server, assertion("RS256", now, now + 3600, "https://x/other")))
          .contains("invalid_grant");
      assertThat(token(server, assertion("none", now, now + 3600, "https://x/token")))
          .contains("invalid_grant");
      assertThat(token(server, "a.b")).contains("invalid_grant");
    } finally {
      server.stop();
    }
  }

  @Test
  void aFixedTokenIsAskedFor() throws Exception {
    GcsServer server =
        new GcsServer(data, "127.0.0.1", 0, new GcsAccess(Optional.of("t1"), Optional.empty()));
    server.start();
    try {
      assertThat(get(server, "Bearer t1").statusCode()).isEqualTo(200);
      assertThat(get(server, "Bearer t2").statusCode()).isEqualTo(401);
      assertThat(get(server, "").statusCode()).isEqualTo(401);
    } finally {
      server.stop();
    }
  }

  private GcsServer serve() throws Exception {
    Path pem = data.resolve("key.pem");
    String body = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
    Files.writeString(pem, "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
    GcsAccess access = new GcsAccess(Optional.empty(), Optional.of(GcsAccess.readKey(pem)));
    GcsServer server = new GcsServer(data.resolve("gcs"), "127.0.0.1", 0, access);
    server.start();
    return server;
  }

  private static Storage client(GcsServer server, KeyPair pair) {
    return StorageOptions.newBuilder()
        .setHost(server.endpoint())
        .setProjectId("test")
        .setCredentials(
            ServiceAccountCredentials.newBuilder()
                .setClientEmail("mover@test.iam.gserviceaccount.com")
                .setPrivateKey(pair.getPrivate())
                .setPrivateKeyId("k1")
                .setTokenServerUri(URI.create(server.endpoint() + "/token"))
                .setScopes(List.of("https://www.googleapis.com/auth/devstorage.read_write"))
                .build())
        .build()
        .getService();
  }

  private static String assertion(String algorithm, long from, long until, String audience)
      throws Exception {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String head = "{\"alg\":\"%s\"}".formatted(algorithm);
    String claims =
        "{\"iss\":\"a\",\"scope\":\"s\",\"aud\":\"%s\",\"iat\":%d,\"exp\":%d}"
            .formatted(audience, from, until);
    String signed =
        base64.encodeToString(head.getBytes(UTF_8))
            + "."
            + base64.encodeToString(claims.getBytes(UTF_8));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(signed.getBytes(US_ASCII));
    return signed + "." + base64.encodeToString(signature.sign());
  }

  private String token(GcsServer server, String assertion) throws Exception {
    String form =
        "grant_type="
            + URLEncoder.encode("urn:ietf:params:oauth:grant-type:jwt-bearer", UTF_8)
            + "&assertion="
            + assertion;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.endpoint() + "/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private HttpResponse<String> get(GcsServer server, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.endpoint() + "/storage/v1/b"));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
