package io.movingdata.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.stack.gcs.GcsAccess;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the GCS server says on the wire, where a client library hides it. */
class GcsProtocolIT {

  private static final int GRANULE = 256 * 1024;
  private static final byte[] CONTENT = new byte[5 * GRANULE + 1000];

  static {
    new Random(7).nextBytes(CONTENT);
  }

  @TempDir Path data;
  private GcsServer server;
  private GcsWire wire;

  @BeforeEach
  void start() throws Exception {
    server = new GcsServer(data, "127.0.0.1", 0, GcsAccess.OPEN);
    server.start();
    wire = new GcsWire(server.endpoint());
    wire.makeBucket();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void aHashInTheHeaderThatDiffersIsRefused() throws Exception {
    HttpRequest media =
        HttpRequest.newBuilder(wire.uri("/upload/storage/v1/b/box/o?uploadType=media&name=a"))
            .header("x-goog-hash", "crc32c=AAAAAA==")
            .POST(BodyPublishers.ofByteArray(CONTENT))
            .build();
    assertThat(wire.send(media).statusCode()).isEqualTo(400);
    String session = wire.begin("a", "{\"md5Hash\":\"1B2M2Y8AsgTpgAmY7PhCfg==\"}");
    assertThat(wire.put(session, range(0, CONTENT.length), CONTENT).statusCode()).isEqualTo(400);
    assertThat(wire.get("/storage/v1/b/box/o/a").statusCode()).isEqualTo(404);
    assertThat(data.resolve("incoming")).isEmptyDirectory();
    assertThat(data.resolve("uploads")).isEmptyDirectory();
  }

  @Test
  void aMultipartUploadMayHoldItsBoundaryAlmost() throws Exception {
    byte[] tricky = "\r\n--xy\r\n--xyy\r\n-\r\n--xyz ".repeat(9_000).getBytes(US_ASCII);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(
        "--xyzzy\r\nContent-Type: application/json\r\n\r\n{\"name\":\"a\"}\r\n--xyzzy\r\nContent-Type: x/y\r\n\r\n"
            .getBytes(US_ASCII));
    body.write(tricky);
    body.write("\r\n--xyzzy--".getBytes(US_ASCII));
    assertThat(wire.multipart(body.toByteArray()).statusCode()).isEqualTo(200);
    assertThat(wire.content("a")).isEqualTo(tricky);
    byte[] cut = Arrays.copyOf(body.toByteArray(), body.size() - 9);
    assertThat(wire.get("/storage/v1/b/box/o/b").statusCode()).isEqualTo(404);
    assertThat(
            wire.multipart(new String(cut, US_ASCII).replace("\"a\"", "\"b\"").getBytes(US_ASCII))
                .statusCode())
        .isEqualTo(400);
    assertThat(wire.get("/storage/v1/b/box/o/b").statusCode()).isEqualTo(404);
  }

  @Test
  void aMediaUploadThatBreaksOffStoresNothing() throws Exception {
    String address = wire.uri("/upload/storage/v1/b/box/o?uploadType=media&name=a").toString();
    GcsWire.sendPartly(address, null, CONTENT.length, part(0, 99_999)).close();
    Awaitility.await().untilAsserted(() -> assertThat(data.resolve("incoming")).isEmptyDirectory());
    assertThat(wire.get("/storage/v1/b/box/o/a").statusCode()).isEqualTo(404);
  }

  @Test
  void rangesAreServedOrRefused() throws Exception {
    wire.put(wire.begin("a", "{}"), range(0, CONTENT.length), CONTENT);
    assertRange("bytes=10-19", 206, part(10, 20), "bytes 10-19/" + CONTENT.length);
    assertRange(
        "bytes=1311000-",
        206,
        part(1_311_000, CONTENT.length),
        "bytes 1311000-1311719/" + CONTENT.length);
    assertRange(
        "bytes=-5",
        206,
        part(CONTENT.length - 5, CONTENT.length),
        "bytes 1311715-1311719/" + CONTENT.length);
    assertRange("bytes=1311720-", 416, new byte[0], "bytes */" + CONTENT.length);
    assertRange("bytes=5-2", 200, CONTENT, null);
  }

  @Test
  void errorsHaveGooglesShape() throws Exception {
    assertThat(new String(wire.get("/storage/v1/b/none/o/a").body(), UTF_8))
        .isEqualTo(
            "{\"error\":{\"code\":404,\"message\":\"The specified bucket does not exist.\",\"errors\":[{"
                + "\"message\":\"The specified bucket does not exist.\",\"domain\":\"global\",\"reason\":\"notFound\"}]}}");
    assertThat(wire.get("/storage/v1/b/box/o?pageToken=%21").statusCode()).isEqualTo(400);
    assertThat(wire.get("/elsewhere").statusCode()).isEqualTo(404);
  }

  private void assertRange(String range, int status, byte[] body, String contentRange)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(wire.uri("/download/storage/v1/b/box/o/a?alt=media"))
            .header("Range", range)
            .build();
    HttpResponse<byte[]> response = wire.send(request);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.headers().firstValue("Content-Range").orElse(null)).isEqualTo(contentRange);
  }

  private static byte[] part(int from, int to) {
    return Arrays.copyOfRange(CONTENT, from, to);
  }

  private static String range(int from, int total) {
    return "bytes " + from + "-" + (total - 1) + "/" + total;
  }
}
