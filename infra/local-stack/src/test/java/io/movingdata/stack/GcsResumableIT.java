package io.movingdata.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.stack.gcs.GcsAccess;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a resumable session says on the wire, where a client library hides it. */
class GcsResumableIT {

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
  void aSessionTellsWhatIsPersisted() throws Exception {
    String session = wire.begin("a", "{}");
    HttpResponse<byte[]> nothing = wire.put(session, "bytes */*", new byte[0]);
    assertThat(nothing.statusCode()).isEqualTo(308);
    assertThat(nothing.headers().firstValue("Range")).isEmpty();

    assertPersisted(wire.put(session, "bytes 0-262143/*", part(0, GRANULE)), GRANULE);
    assertPersisted(wire.put(session, "bytes */" + CONTENT.length, new byte[0]), GRANULE);
    assertThat(wire.get("/storage/v1/b/box/o/a").statusCode()).isEqualTo(404);

    HttpResponse<byte[]> last =
        wire.put(session, range(GRANULE, CONTENT.length), part(GRANULE, CONTENT.length));
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(wire.content("a")).isEqualTo(CONTENT);
  }

  @Test
  void theLastAnswerIsGivenAgain() throws Exception {
    String session = wire.begin("a", "{}");
    HttpResponse<byte[]> first = wire.put(session, range(0, CONTENT.length), CONTENT);
    HttpResponse<byte[]> again = wire.put(session, range(0, CONTENT.length), CONTENT);
    HttpResponse<byte[]> status = wire.put(session, "bytes */*", new byte[0]);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(status.body()).isEqualTo(first.body());
  }

  @Test
  void aChunkThatIsNotTheLastMustBeAMultipleOf256KiB() throws Exception {
    String session = wire.begin("a", "{}");
    assertThat(wire.put(session, "bytes 0-999/*", part(0, 1000)).statusCode()).isEqualTo(400);
    assertThat(wire.put(session, "bytes 0-999/5000", part(0, 1000)).statusCode()).isEqualTo(400);
    assertThat(wire.put(session, "bytes */*", new byte[0]).headers().firstValue("Range")).isEmpty();
  }

  @Test
  void aChunkMayOverlapWhatIsThereButLeaveNoGap() throws Exception {
    String session = wire.begin("a", "{}");
    assertPersisted(wire.put(session, "bytes 0-524287/*", part(0, 2 * GRANULE)), 2 * GRANULE);
    assertThat(wire.put(session, "bytes 786432-1048575/*", part(0, GRANULE)).statusCode())
        .isEqualTo(400);
    byte[] other = part(GRANULE, CONTENT.length);
    other[0] ^= 1;
    assertThat(wire.put(session, range(GRANULE, CONTENT.length), other).statusCode())
        .isEqualTo(200);
    assertThat(wire.content("a")).isEqualTo(CONTENT);
  }

  @Test
  void aClientMayPostItsChunksAndAskForAnotherStatusThan308() throws Exception {
    String session = wire.begin("a", "{}");
    HttpResponse<byte[]> first = wire.post(session, "bytes 0-262143/*", part(0, GRANULE));
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("X-Http-Status-Code-Override")).contains("308");
    assertThat(first.headers().firstValue("Range")).contains("bytes=0-262143");

    HttpResponse<byte[]> last =
        wire.post(session, range(GRANULE, CONTENT.length), part(GRANULE, CONTENT.length));
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(last.headers().firstValue("X-Http-Status-Code-Override")).isEmpty();
    assertThat(wire.content("a")).isEqualTo(CONTENT);
  }

  @Test
  void theTotalMayNotChange() throws Exception {
    String session = wire.begin("a", "{}");
    assertPersisted(wire.put(session, "bytes 0-262143/900000", part(0, GRANULE)), GRANULE);
    assertThat(wire.put(session, "bytes 262144-524287/900001", part(0, GRANULE)).statusCode())
        .isEqualTo(400);
  }

  @Test
  void aCancelledSessionIsGone() throws Exception {
    String session = wire.begin("a", "{}");
    wire.put(session, "bytes 0-262143/*", part(0, GRANULE));
    HttpRequest delete = HttpRequest.newBuilder(URI.create(session)).DELETE().build();
    assertThat(wire.send(delete).statusCode()).isEqualTo(499);
    assertThat(wire.put(session, "bytes */*", new byte[0]).statusCode()).isEqualTo(404);
    assertThat(data.resolve("uploads")).isEmptyDirectory();
  }

  @Test
  void anUnknownSessionIsNotFoundAlsoWithABody() throws Exception {
    String session = wire.begin("a", "{}").replaceAll("upload_id=.*", "upload_id=none");
    assertThat(wire.put(session, range(0, CONTENT.length), CONTENT).statusCode()).isEqualTo(404);
  }

  @Test
  void aBrokenConnectionKeepsWholeGranules() throws Exception {
    String session = wire.begin("a", "{}");
    GcsWire.sendPartly(
            session, range(0, CONTENT.length), CONTENT.length, part(0, 2 * GRANULE + 5000))
        .close();
    Awaitility.await()
        .untilAsserted(
            () -> assertPersisted(wire.put(session, "bytes */*", new byte[0]), 2 * GRANULE));
    HttpResponse<byte[]> rest =
        wire.put(session, range(2 * GRANULE, CONTENT.length), part(2 * GRANULE, CONTENT.length));
    assertThat(rest.statusCode()).isEqualTo(200);
    assertThat(wire.content("a")).isEqualTo(CONTENT);
  }

  @Test
  void aNewRequestTakesOverFromOneThatHangs() throws Exception {
    String session = wire.begin("a", "{}");
    try (Socket hanging =
        GcsWire.sendPartly(
            session, range(0, CONTENT.length), CONTENT.length, part(0, GRANULE + 7))) {
      Awaitility.await()
          .untilAsserted(
              () -> assertPersisted(wire.put(session, "bytes */*", new byte[0]), GRANULE));
      assertThat(
              wire.put(session, range(GRANULE, CONTENT.length), part(GRANULE, CONTENT.length))
                  .statusCode())
          .isEqualTo(200);
      hanging.getOutputStream().write(new byte[1000]);
      assertThat(wire.content("a")).isEqualTo(CONTENT);
    }
  }

  @Test
  void aKilledServerGoesOnWhereItWas() throws Exception {
    Path own = data.resolve("own");
    String session;
    String path;
    try (StackProcess stack = StackProcess.start(own, "gcs")) {
      wire = new GcsWire(stack.endpoint("gcs"));
      wire.makeBucket();
      session = wire.begin("a", "{\"metadata\":{\"k\":\"v\"}}");
      path = session.substring(stack.endpoint("gcs").length());
      assertPersisted(wire.put(session, "bytes 0-262143/*", part(0, GRANULE)), GRANULE);
      try (Socket open =
          GcsWire.sendPartly(
              session,
              range(GRANULE, CONTENT.length),
              CONTENT.length - GRANULE,
              part(GRANULE, 3 * GRANULE + 99))) {
        Awaitility.await()
            .untilAsserted(
                () -> assertPersisted(wire.put(session, "bytes */*", new byte[0]), 3 * GRANULE));
        stack.kill();
        assertThat(open.getInputStream().read()).isNegative();
      }
    }
    try (StackProcess stack = StackProcess.start(own, "gcs")) {
      wire = new GcsWire(stack.endpoint("gcs"));
      String resumed = stack.endpoint("gcs") + path;
      assertPersisted(wire.put(resumed, "bytes */*", new byte[0]), 3 * GRANULE);
      HttpResponse<byte[]> done =
          wire.put(resumed, range(3 * GRANULE, CONTENT.length), part(3 * GRANULE, CONTENT.length));
      assertThat(done.statusCode()).isEqualTo(200);
      assertThat(new String(done.body(), UTF_8)).contains("\"metadata\":{\"k\":\"v\"}");
      stack.kill();
    }
    try (StackProcess stack = StackProcess.start(own, "gcs")) {
      wire = new GcsWire(stack.endpoint("gcs"));
      assertThat(wire.content("a")).isEqualTo(CONTENT);
      assertThat(wire.put(stack.endpoint("gcs") + path, "bytes */*", new byte[0]).statusCode())
          .isEqualTo(200);
    }
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
