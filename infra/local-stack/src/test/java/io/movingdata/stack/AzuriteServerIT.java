package io.movingdata.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Azurite in the stack; the storage worker's own tests judge it by Microsoft's client. */
class AzuriteServerIT {

  private static final String ACCOUNT = "devstoreaccount1";

  /** The well-known key of Azurite's account, which is no secret. */
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path data;

  @Test
  void aBlobIsThereAfterTheStackWasKilled() throws Exception {
    byte[] content = "content ä".repeat(1000).getBytes(UTF_8);
    try (StackProcess stack = StackProcess.start(data, "azurite")) {
      String endpoint = stack.endpoint("azurite");
      assertThat(send(endpoint, "PUT", "/box", "restype:container", null).statusCode())
          .isEqualTo(201);
      assertThat(send(endpoint, "PUT", "/box/one", "", content).statusCode()).isEqualTo(201);
      List<ProcessHandle> children = stack.children().toList();
      assertThat(children).hasSize(1);
      stack.kill();
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }
    try (StackProcess stack = StackProcess.start(data, "azurite")) {
      HttpResponse<byte[]> found = send(stack.endpoint("azurite"), "GET", "/box/one", "", null);
      assertThat(found.statusCode()).isEqualTo(200);
      assertThat(found.body()).isEqualTo(content);
    }
  }

  @Test
  void theStackEndsWhenAzuriteDies() throws Exception {
    try (StackProcess stack = StackProcess.start(data, "azurite", "mongo")) {
      stack.children().forEach(ProcessHandle::destroyForcibly);
      assertThat(stack.process().waitFor()).isEqualTo(1);
      assertThat(stack.log()).contains("Azurite ended by itself");
    }
  }

  /** Signs with the shared key, by the rules of the Blob service. */
  private HttpResponse<byte[]> send(
      String endpoint, String method, String path, String query, byte[] body) throws Exception {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    String blobType = body == null ? "" : "x-ms-blob-type:BlockBlob\n";
    String length = body == null ? "" : Integer.toString(body.length);
    String toSign =
        method
            + "\n\n\n"
            + length
            + "\n\n\n\n\n\n\n\n\n"
            + blobType
            + "x-ms-date:"
            + date
            + "\nx-ms-version:2021-12-02\n/"
            + ACCOUNT
            + "/"
            + ACCOUNT
            + path
            + (query.isEmpty() ? "" : "\n" + query);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
    String signature = Base64.getEncoder().encodeToString(mac.doFinal(toSign.getBytes(UTF_8)));
    String suffix = query.isEmpty() ? "" : "?" + query.replace(':', '=');
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint + path + suffix))
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .header("x-ms-date", date)
            .header("x-ms-version", "2021-12-02")
            .header("Authorization", "SharedKey " + ACCOUNT + ":" + signature);
    if (body != null) {
      request.header("x-ms-blob-type", "BlockBlob");
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }
}
