package io.movingdata.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.stack.gcs.GcsAccess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
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

  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path data;
  private GcsServer server;
  private String base;

  @BeforeEach
  void start() throws Exception {
    server = new GcsServer(data, "127.0.0.1", 0, GcsAccess.OPEN);
    server.start();
    base = server.endpoint();
    makeBucket();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void aSessionTellsWhatIsPersisted() throws Exception {
    String session = begin("a", "{}");
    HttpResponse<byte[]> nothing = put(session, "bytes */*", new byte[0]);
    assertThat(nothing.statusCode()).isEqualTo(308);
    assertThat(nothing.headers().firstValue("Range")).isEmpty();

    assertPersisted(put(session, "bytes 0-262143/*", part(0, GRANULE)), GRANULE);
    assertPersisted(put(session, "bytes */" + CONTENT.length, new byte[0]), GRANULE);
    assertThat(get("/storage/v1/b/box/o/a").statusCode()).isEqualTo(404);

    HttpResponse<byte[]> last =
        put(session, range(GRANULE, CONTENT.length), part(GRANULE, CONTENT.length));
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(content("a")).isEqualTo(CONTENT);
  }

  @Test
  void theLastAnswerIsGivenAgain() throws Exception {
    String session = begin("a", "{}");
    HttpResponse<byte[]> first = put(session, range(0, CONTENT.length), CONTENT);
    HttpResponse<byte[]> again = put(session, range(0, CONTENT.length), CONTENT);
    HttpResponse<byte[]> status = put(session, "bytes */*", new byte[0]);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(status.body()).isEqualTo(first.body());
  }

  @Test
  void aChunkThatIsNotTheLastMustBeAMultipleOf256KiB() throws Exception {
    String session = begin("a", "{}");
    assertThat(put(session, "bytes 0-999/*", part(0, 1000)).statusCode()).isEqualTo(400);
    assertThat(put(session, "bytes 0-999/5000", part(0, 1000)).statusCode()).isEqualTo(400);
    assertThat(put(session, "bytes */*", new byte[0]).headers().firstValue("Range")).isEmpty();
  }

  @Test
  void aChunkMayOverlapWhatIsThereButLeaveNoGap() throws Exception {
    String session = begin("a", "{}");
    assertPersisted(put(session, "bytes 0-524287/*", part(0, 2 * GRANULE)), 2 * GRANULE);
    assertThat(put(session, "bytes 786432-1048575/*", part(0, GRANULE)).statusCode())
        .isEqualTo(400);
    byte[] other = part(GRANULE, CONTENT.length);
    other[0] ^= 1;
    assertThat(put(session, range(GRANULE, CONTENT.length), other).statusCode()).isEqualTo(200);
    assertThat(content("a")).isEqualTo(CONTENT);
  }

  @Test
  void theTotalMayNotChange() throws Exception {
    String session = begin("a", "{}");
    assertPersisted(put(session, "bytes 0-262143/900000", part(0, GRANULE)), GRANULE);
    assertThat(put(session, "bytes 262144-524287/900001", part(0, GRANULE)).statusCode())
        .isEqualTo(400);
  }

  @Test
  void aCancelledSessionIsGone() throws Exception {
    String session = begin("a", "{}");
    put(session, "bytes 0-262143/*", part(0, GRANULE));
    HttpRequest delete = HttpRequest.newBuilder(URI.create(session)).DELETE().build();
    assertThat(http.send(delete, BodyHandlers.discarding()).statusCode()).isEqualTo(499);
    assertThat(put(session, "bytes */*", new byte[0]).statusCode()).isEqualTo(404);
    assertThat(data.resolve("uploads")).isEmptyDirectory();
  }

  @Test
  void anUnknownSessionIsNotFoundAlsoWithABody() throws Exception {
    String session = begin("a", "{}").replaceAll("upload_id=.*", "upload_id=none");
    assertThat(put(session, range(0, CONTENT.length), CONTENT).statusCode()).isEqualTo(404);
  }

  @Test
  void aBrokenConnectionKeepsWholeGranules() throws Exception {
    String session = begin("a", "{}");
    sendPartly(session, range(0, CONTENT.length), CONTENT.length, part(0, 2 * GRANULE + 5000))
        .close();
    Awaitility.await()
        .untilAsserted(() -> assertPersisted(put(session, "bytes */*", new byte[0]), 2 * GRANULE));
    HttpResponse<byte[]> rest =
        put(session, range(2 * GRANULE, CONTENT.length), part(2 * GRANULE, CONTENT.length));
    assertThat(rest.statusCode()).isEqualTo(200);
    assertThat(content("a")).isEqualTo(CONTENT);
  }

  @Test
  void aNewRequestTakesOverFromOneThatHangs() throws Exception {
    String session = begin("a", "{}");
    try (Socket hanging =
        sendPartly(session, range(0, CONTENT.length), CONTENT.length, part(0, GRANULE + 7))) {
      Awaitility.await()
          .untilAsserted(() -> assertPersisted(put(session, "bytes */*", new byte[0]), GRANULE));
      assertThat(
              put(session, range(GRANULE, CONTENT.length), part(GRANULE, CONTENT.length))
                  .statusCode())
          .isEqualTo(200);
      hanging.getOutputStream().write(new byte[1000]);
      assertThat(content("a")).isEqualTo(CONTENT);
    }
  }

  @Test
  void aKilledServerGoesOnWhereItWas() throws Exception {
    Path own = data.resolve("own");
    String session;
    String path;
    try (StackProcess stack = StackProcess.start(own, "gcs")) {
      base = stack.endpoint("gcs");
      makeBucket();
      session = begin("a", "{\"metadata\":{\"k\":\"v\"}}");
      path = session.substring(base.length());
      assertPersisted(put(session, "bytes 0-262143/*", part(0, GRANULE)), GRANULE);
      try (Socket open =
          sendPartly(
              session,
              range(GRANULE, CONTENT.length),
              CONTENT.length - GRANULE,
              part(GRANULE, 3 * GRANULE + 99))) {
        Awaitility.await()
            .untilAsserted(
                () -> assertPersisted(put(session, "bytes */*", new byte[0]), 3 * GRANULE));
        stack.kill();
        assertThat(open.getInputStream().read()).isNegative();
      }
    }
    try (StackProcess stack = StackProcess.start(own, "gcs")) {
      base = stack.endpoint("gcs");
      String resumed = base + path;
      assertPersisted(put(resumed, "bytes */*", new byte[0]), 3 * GRANULE);
      HttpResponse<byte[]> done =
          put(resumed, range(3 * GRANULE, CONTENT.length), part(3 * GRANULE, CONTENT.length));
      assertThat(done.statusCode()).isEqualTo(200);
      assertThat(new String(done.body(), UTF_8)).contains("\"metadata\":{\"k\":\"v\"}");
      stack.kill();
    }
    try (StackProcess stack = StackProcess.start(own, "gcs")) {
      base = stack.endpoint("gcs");
      assertThat(content("a")).isEqualTo(CONTENT);
      assertThat(put(base + path, "bytes */*", new byte[0]).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aHashInTheHeaderThatDiffersIsRefused() throws Exception {
    HttpRequest media =
        HttpRequest.newBuilder(
                URI.create(base + "/upload/storage/v1/b/box/o?uploadType=media&name=a"))
            .header("x-goog-hash", "crc32c=AAAAAA==")
            .POST(BodyPublishers.ofByteArray(CONTENT))
            .build();
    assertThat(http.send(media, BodyHandlers.discarding()).statusCode()).isEqualTo(400);
    String session = begin("a", "{\"md5Hash\":\"1B2M2Y8AsgTpgAmY7PhCfg==\"}");
    assertThat(put(session, range(0, CONTENT.length), CONTENT).statusCode()).isEqualTo(400);
    assertThat(get("/storage/v1/b/box/o/a").statusCode()).isEqualTo(404);
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
    assertThat(multipart(body.toByteArray()).statusCode()).isEqualTo(200);
    assertThat(content("a")).isEqualTo(tricky);
    byte[] cut = Arrays.copyOf(body.toByteArray(), body.size() - 9);
    assertThat(get("/storage/v1/b/box/o/b").statusCode()).isEqualTo(404);
    assertThat(
            multipart(new String(cut, US_ASCII).replace("\"a\"", "\"b\"").getBytes(US_ASCII))
                .statusCode())
        .isEqualTo(400);
    assertThat(get("/storage/v1/b/box/o/b").statusCode()).isEqualTo(404);
  }

  private HttpResponse<byte[]> multipart(byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/upload/storage/v1/b/box/o?uploadType=multipart"))
            .header("Content-Type", "multipart/related; boundary=xyzzy")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  @Test
  void aMediaUploadThatBreaksOffStoresNothing() throws Exception {
    String address = base + "/upload/storage/v1/b/box/o?uploadType=media&name=a";
    sendPartly(address, null, CONTENT.length, part(0, 99_999)).close();
    Awaitility.await().untilAsserted(() -> assertThat(data.resolve("incoming")).isEmptyDirectory());
    assertThat(get("/storage/v1/b/box/o/a").statusCode()).isEqualTo(404);
  }

  @Test
  void rangesAreServedOrRefused() throws Exception {
    put(begin("a", "{}"), range(0, CONTENT.length), CONTENT);
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

  private void assertRange(String range, int status, byte[] body, String contentRange)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/download/storage/v1/b/box/o/a?alt=media"))
            .header("Range", range)
            .build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.headers().firstValue("Content-Range").orElse(null)).isEqualTo(contentRange);
  }

  @Test
  void errorsHaveGooglesShape() throws Exception {
    assertThat(new String(get("/storage/v1/b/none/o/a").body(), UTF_8))
        .isEqualTo(
            "{\"error\":{\"code\":404,\"message\":\"The specified bucket does not exist.\",\"errors\":[{"
                + "\"message\":\"The specified bucket does not exist.\",\"domain\":\"global\",\"reason\":\"notFound\"}]}}");
    assertThat(get("/storage/v1/b/box/o?pageToken=%21").statusCode()).isEqualTo(400);
    assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
  }

  private void makeBucket() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/storage/v1/b?project=p"))
            .POST(BodyPublishers.ofString("{\"name\":\"box\"}"))
            .build();
    assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }

  private String begin(String name, String resource) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(base + "/upload/storage/v1/b/box/o?uploadType=resumable&name=" + name))
            .POST(BodyPublishers.ofString(resource))
            .build();
    HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<byte[]> put(String session, String contentRange, byte[] body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(session))
            .header("Content-Range", contentRange)
            .timeout(Duration.ofSeconds(10))
            .PUT(BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofByteArray());
  }

  private byte[] content(String name) throws Exception {
    return get("/storage/v1/b/box/o/" + name + "?alt=media").body();
  }

  /** Sends the head of a request and a part of its body, over a connection of its own. */
  private static Socket sendPartly(String address, String contentRange, long length, byte[] body)
      throws IOException {
    URI uri = URI.create(address);
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
    OutputStream out = socket.getOutputStream();
    String method = contentRange == null ? "POST" : "PUT";
    String head =
        method
            + " "
            + uri.getRawPath()
            + "?"
            + uri.getRawQuery()
            + " HTTP/1.1\r\nHost: x\r\n"
            + (contentRange == null ? "" : "Content-Range: " + contentRange + "\r\n")
            + "Content-Length: "
            + length
            + "\r\n\r\n";
    out.write(head.getBytes(US_ASCII));
    out.write(body);
    out.flush();
    return socket;
  }

  private static byte[] part(int from, int to) {
    return Arrays.copyOfRange(CONTENT, from, to);
  }

  private static String range(int from, int total) {
    return "bytes " + from + "-" + (total - 1) + "/" + total;
  }

  private static void assertPersisted(HttpResponse<byte[]> response, int bytes) {
    assertThat(response.statusCode()).isEqualTo(308);
    assertThat(response.headers().firstValue("Range")).contains("bytes=0-" + (bytes - 1));
  }
}
