package io.movingdata.gateway;

import static io.movingdata.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.security.FrameLayout;
import io.movingdata.testkit.Contents;
import io.movingdata.testkit.storage.MemoryObjectStore;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
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
