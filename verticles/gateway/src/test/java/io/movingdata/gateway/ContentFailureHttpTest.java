package io.movingdata.gateway;

import static io.movingdata.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.security.FrameLayout;
import io.movingdata.testkit.Contents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of content that is wrong, too much, forbidden, or damaged. */
class ContentFailureHttpTest {
  private static final int FRAME = FrameLayout.singleCapacity();
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

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  @Test
  void aWrongDigestStoresNothing() throws Exception {
    byte[] content = {1, 2, 3};
    String wrong = "sha-256=:" + Base64.getEncoder().encodeToString(sha256(new byte[] {9})) + ":";
    String right = "sha-256=:" + Base64.getEncoder().encodeToString(sha256(content)) + ":";

    HttpResponse<byte[]> refused = gateway.put(path("d"), content, "Repr-Digest", wrong);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).at("/errors/0/field").asText()).isEqualTo("Repr-Digest");
    assertThat(gateway.catalog.file("d")).isNull();
    String md5 =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
    assertThat(
            gateway
                .put(path("d"), content, "Content-Digest", right, "Content-MD5", md5)
                .statusCode())
        .isEqualTo(201);
    assertThat(gateway.put(path("d"), content, "Content-MD5", "AAAA").statusCode()).isEqualTo(400);
  }

  @Test
  void aBodyOverTheLimitIsRefusedWhetherItsLengthIsAnnouncedOrNot() throws IOException {
    String announced =
        gateway.raw(
            "PUT /files/big/content HTTP/1.1\r\nHost: x\r\nContent-Length: "
                + (GatewayFixture.MAX_OBJECT + 1)
                + "\r\nExpect: 100-continue\r\n\r\n");
    assertThat(announced).startsWith("HTTP/1.1 413").doesNotContain("100 Continue");

    byte[] tooMuch = new byte[(int) GatewayFixture.MAX_OBJECT + 1];
    HttpResponse<byte[]> streamed =
        gateway.send(
            gateway
                .request(path("big"))
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooMuch))));
    assertThat(streamed.statusCode()).isEqualTo(413);
    assertThat(gateway.catalog.file("big")).isNull();
    await().until(() -> gateway.catalog.open().isEmpty());
  }

  @Test
  void aBrokenUploadIsDiscarded() throws IOException {
    int before = gateway.catalog.discarded().size();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      String head =
          "PUT /files/broken/content HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(new byte[FRAME + 100_000]);
      socket.getOutputStream().flush();
      await().until(() -> !gateway.catalog.open().isEmpty());
    }
    await().until(() -> gateway.catalog.discarded().size() == before + 1);
    assertThat(gateway.catalog.file("broken")).isNull();
    assertThat(gateway.catalog.open()).isEmpty();
  }

  @Test
  void rolesAreAskedBeforeTheBodyAndRefusalsAreRecorded() {
    HttpResponse<byte[]> refused =
        gateway.put(path("denied"), new byte[10], "X-Principal-Roles", "compliance");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(json(refused).path("code").asText()).isEqualTo("FORBIDDEN");
    gateway.put(path("private"), new byte[10]);
    assertThat(
            gateway
                .send(gateway.request(path("private")).header("X-Principal-Roles", "operations"))
                .statusCode())
        .isEqualTo(403);
    await()
        .untilAsserted(
            () ->
                assertThat(gateway.catalog.audit())
                    .anyMatch(
                        e ->
                            e.action().equals("file.upload")
                                && e.decision().equals("denied")
                                && e.fileId().equals("denied"))
                    .anyMatch(
                        e -> e.action().equals("file.read") && e.decision().equals("denied")));
  }

  @Test
  void aDamagedCopyNeverServesAByteAndAGoodOneTakesOver() {
    byte[] content = Contents.bytes(11, 3_000_000);
    gateway.put(path("damaged"), content);
    gateway.put(path("twin") + "?location=azure", content);
    FileRecord damaged = gateway.catalog.file("damaged");
    Replica copy = damaged.replicas().get(0);
    gateway.stores.get("s3").flipAtRest(copy.key(), 1_000_000);

    assertThat(gateway.get(path("damaged")).statusCode()).isEqualTo(502);

    Replica good = gateway.catalog.file("twin").replicas().get(0);
    gateway.catalog.put(with(damaged, List.of(copy, good)));
    HttpResponse<byte[]> saved = gateway.get(path("damaged"));
    assertThat(saved.statusCode()).isEqualTo(200);
    assertThat(saved.body()).isEqualTo(content);
  }

  @Test
  void aLaterFrameThatIsDamagedCutsTheDownloadOff() {
    byte[] content = Contents.bytes(12, 3 * FRAME);
    gateway.put(path("cut"), content);
    Replica copy = gateway.catalog.file("cut").replicas().get(0);
    gateway.stores.get("s3").flipAtRest(copy.key(), FrameLayout.storedLength(0) * 2 + 500);

    assertThatThrownBy(() -> gateway.get(path("cut"))).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void aLaterFrameThatIsDamagedIsTakenFromAnotherCopy() {
    byte[] content = Contents.bytes(13, 3 * FRAME);
    gateway.put(path("hop"), content);
    gateway.put(path("hop-twin") + "?location=azure", content);
    FileRecord file = gateway.catalog.file("hop");
    Replica bad = file.replicas().get(0);
    gateway.catalog.put(
        with(file, List.of(bad, gateway.catalog.file("hop-twin").replicas().get(0))));
    gateway.stores.get("s3").flipAtRest(bad.key(), FrameLayout.storedLength(0) * 2 + 500);

    HttpResponse<byte[]> whole = gateway.get(path("hop"));

    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(content);
  }

  @Test
  void aCopyThatItsLocationDoesNotAllowDoesNotServe() {
    byte[] content = Contents.bytes(14, 1_000);
    gateway.put(path("only-azure") + "?location=azure", content);

    assertThat(
            gateway
                .send(gateway.request(path("only-azure")).header("X-Principal-Roles", "operations"))
                .statusCode())
        .isEqualTo(200);
    assertThat(
            gateway
                .send(gateway.request(path("only-azure")).header("X-Principal-Roles", "analytics"))
                .statusCode())
        .isEqualTo(403);
  }

  private static FileRecord with(FileRecord f, List<Replica> replicas) {
    return new FileRecord(
        f.id(),
        f.version(),
        f.contentId(),
        f.sizeBytes(),
        f.sha256(),
        f.contentType(),
        f.primary(),
        replicas,
        f.metadata(),
        f.policy(),
        f.createdAt(),
        f.updatedAt(),
        f.lastMovedAt(),
        f.lastMove(),
        f.pinnedUntil(),
        f.deleted());
  }
}
