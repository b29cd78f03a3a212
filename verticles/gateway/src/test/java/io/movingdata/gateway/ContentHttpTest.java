package io.movingdata.gateway;

import static io.movingdata.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.Replica;
import io.movingdata.core.security.FrameLayout;
import io.movingdata.testkit.Contents;
import io.movingdata.testkit.storage.MemoryObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content in and out over a real socket. */
class ContentHttpTest {
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

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 65_536, 1_000_000})
  void whatIsUploadedComesBackBitForBit(int size) throws Exception {
    byte[] content = Contents.bytes(size, size);
    String id = "round-" + size;

    HttpResponse<byte[]> made = gateway.put(path(id), content, "Content-Type", "text/x-test");
    HttpResponse<byte[]> got = gateway.get(path(id));

    assertThat(made.statusCode())
        .as(new String(made.body(), StandardCharsets.UTF_8))
        .isEqualTo(201);
    assertThat(json(made).path("size_bytes").asLong()).isEqualTo(size);
    assertThat(json(made).path("sha256").asText())
        .isEqualTo(HexFormat.of().formatHex(sha256(content)));
    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.body()).isEqualTo(content);
    assertThat(got.headers().firstValue("Content-Type")).hasValue("text/x-test");
    assertThat(got.headers().firstValue("ETag")).isEqualTo(made.headers().firstValue("ETag"));
    assertThat(got.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(gateway.catalog.open()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void contentRoundOneFrameComesBackAndHasTheRightFormat(int more) {
    byte[] content = Contents.bytes(more, FRAME + more);
    String id = "frame" + more;

    HttpResponse<byte[]> made = gateway.put(path(id), content);

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(gateway.catalog.file(id).replicas().get(0).format())
        .isEqualTo(more > 0 ? ObjectFormat.FERNET_FRAMES : ObjectFormat.FERNET);
    assertThat(gateway.get(path(id)).body()).isEqualTo(content);
  }

  @Test
  void contentOfUnknownLengthAndSeveralFramesComesBack() {
    byte[] content = Contents.bytes(7, 2 * FRAME + 12_345);

    HttpResponse<byte[]> made =
        gateway.send(
            gateway
                .request(path("chunked"))
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content))));

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(gateway.get(path("chunked")).body()).isEqualTo(content);
    HttpResponse<byte[]> part =
        gateway.send(
            gateway
                .request(path("chunked"))
                .header("Range", "bytes=" + (FRAME - 5) + "-" + (FRAME + 4)));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(content, FRAME - 5, FRAME + 5));
  }

  @Test
  void nothingOfTheContentReachesTheStoreInTheClear() {
    byte[] canary = "canary-7f3a".repeat(100).getBytes(StandardCharsets.US_ASCII);

    gateway.put(path("canary"), canary);

    MemoryObjectStore store = gateway.stores.get("s3");
    for (String key : store.keys()) {
      assertThat(new String(store.bytes(key), StandardCharsets.ISO_8859_1))
          .doesNotContain("canary-7f3a");
    }
  }

  @Test
  void rangesConditionsAndHeadFollowTheirRfc() {
    byte[] content = "0123456789".getBytes(StandardCharsets.US_ASCII);
    HttpResponse<byte[]> made = gateway.put(path("r"), content, "X-Meta-Team", "iot");
    String etag = made.headers().firstValue("ETag").orElseThrow();

    HttpResponse<byte[]> middle =
        gateway.send(gateway.request(path("r")).header("Range", "bytes=2-4"));
    assertThat(middle.statusCode()).isEqualTo(206);
    assertThat(middle.body()).asString().isEqualTo("234");
    assertThat(middle.headers().firstValue("Content-Range")).hasValue("bytes 2-4/10");
    HttpResponse<byte[]> beyond =
        gateway.send(gateway.request(path("r")).header("Range", "bytes=10-"));
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.headers().firstValue("Content-Range")).hasValue("bytes */10");
    assertThat(
            gateway.send(gateway.request(path("r")).header("Range", "bytes=0-1,3-4")).statusCode())
        .isEqualTo(200);
    assertThat(
            gateway
                .send(gateway.request(path("r")).headers("Range", "bytes=2-4", "If-Range", "\"x\""))
                .statusCode())
        .isEqualTo(200);
    assertThat(gateway.send(gateway.request(path("r")).header("If-None-Match", etag)).statusCode())
        .isEqualTo(304);
    HttpResponse<byte[]> head =
        gateway.send(gateway.request(path("r")).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).hasValue("10");
    assertThat(head.headers().firstValue("X-Meta-team")).hasValue("iot");
    assertThat(head.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment;");
  }

  @Test
  void overwritingNeedsItsConditionsAndKeepsNothingOfTheOldContent() {
    String etag = gateway.put(path("o"), new byte[] {1}).headers().firstValue("ETag").orElseThrow();

    assertThat(gateway.put(path("o"), new byte[] {2}, "If-None-Match", "*").statusCode())
        .isEqualTo(412);
    assertThat(gateway.put(path("o"), new byte[] {2}, "If-Match", "\"zz\"").statusCode())
        .isEqualTo(412);
    HttpResponse<byte[]> again = gateway.put(path("o"), new byte[] {2}, "If-Match", etag);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(gateway.get(path("o")).body()).containsExactly(2);
    assertThat(gateway.catalog.file("o").replicas()).hasSize(1);
  }

  @Test
  void theLastWriterWinsOverSomebodyElsesChange() {
    gateway.put(path("w"), new byte[] {1});
    gateway.catalog.conflictTimes(2);

    assertThat(gateway.put(path("w"), new byte[] {2}).statusCode()).isEqualTo(200);
    assertThat(gateway.get(path("w")).body()).containsExactly(2);
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
                .send(
                    gateway.request(path("only-azure")).header("X-Principal-Roles", "operations"))
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

  @Test
  void deletingHonoursItsConditions() {
    String etag = gateway.put(path("x"), new byte[] {1}).headers().firstValue("ETag").orElseThrow();

    assertThat(
            gateway
                .send(gateway.request(path("x")).DELETE().header("If-Match", "\"y\""))
                .statusCode())
        .isEqualTo(412);
    assertThat(
            gateway.send(gateway.request(path("x")).DELETE().header("If-Match", etag)).statusCode())
        .isEqualTo(204);
    assertThat(gateway.send(gateway.request(path("x")).DELETE()).statusCode()).isEqualTo(404);
  }
}
