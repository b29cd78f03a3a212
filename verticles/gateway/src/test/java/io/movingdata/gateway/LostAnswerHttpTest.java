package io.movingdata.gateway;

import static io.movingdata.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Uploads whose records were made, but nobody heard so: what the client is told is true. */
class LostAnswerHttpTest {
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() {
    gateway = GatewayFixture.start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static String path(String id) {
    return "/files/" + id + "/content";
  }

  /** The same content in another copy, as a move leaves it; or other content. */
  private static FileRecord changed(FileRecord file, String contentId) {
    Replica old = file.replicas().get(0);
    Replica copy =
        new Replica(
            "azure",
            "another." + old.key(),
            old.format(),
            "f".repeat(32),
            old.createdAtS(),
            old.keyId(),
            old.bytes(),
            old.etag(),
            old.checksum(),
            old.state(),
            old.verifiedAt());
    return new FileRecord(
        file.id(),
        0,
        contentId,
        file.sizeBytes(),
        file.sha256(),
        file.contentType(),
        "azure",
        List.of(copy),
        file.metadata(),
        file.policy(),
        file.createdAt(),
        file.updatedAt(),
        file.lastMovedAt(),
        file.lastMove(),
        file.pinnedUntil(),
        false);
  }

  @Test
  void contentThatWasPlacedAndMovedOnIsStored() {
    gateway.catalog.loseAnswer(file -> changed(file, file.contentId()));

    HttpResponse<byte[]> stored =
        gateway.put(path("moved-on"), new byte[] {1, 2, 3}, "If-None-Match", "*");

    assertThat(stored.statusCode())
        .as(new String(stored.body(), StandardCharsets.UTF_8))
        .isEqualTo(201);
    assertThat(gateway.catalog.file("moved-on").primary()).isEqualTo("azure");
  }

  @Test
  void contentThatMayHaveBeenOverwrittenAtOnceIsOfUnknownOutcome() {
    gateway.catalog.loseAnswer(file -> changed(file, "0".repeat(32)));

    HttpResponse<byte[]> stored = gateway.put(path("overtaken"), new byte[] {1, 2, 3});

    assertThat(stored.statusCode()).isEqualTo(504);
    assertThat(json(stored).path("code").asText()).isEqualTo("SERVICE_TIMEOUT");
    assertThat(gateway.catalog.file("overtaken").contentId()).isEqualTo("0".repeat(32));
  }

  @Test
  void aConditionIsNotBrokenByTheUploadItself() {
    gateway.put(path("conditional"), new byte[] {1});
    String etag =
        gateway
            .send(gateway.request(path("conditional")))
            .headers()
            .firstValue("ETag")
            .orElseThrow();
    gateway.catalog.loseAnswer(file -> changed(file, file.contentId()));

    HttpResponse<byte[]> stored =
        gateway.put(path("conditional"), new byte[] {1, 2}, "If-Match", etag);

    assertThat(stored.statusCode()).isEqualTo(200);
  }
}
