package io.movingdata.e2e.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.security.FrameLayout;
import io.movingdata.core.security.ObjectLayout;
import io.movingdata.e2e.Contents;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.Api.Answer;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.testkit.net.Direction;
import io.movingdata.testkit.net.FaultProxy;
import io.movingdata.testkit.net.LinkFaults;
import io.movingdata.testkit.process.LocalStackProcess;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One provider dies, hangs or crawls in the middle of large and of many small transfers. What does
 * not need it goes on at once, what needs it is refused or waits, and everything goes on by itself
 * where it was once the provider is back.
 */
class ProviderOutageIT {
  private static final int LARGE = 60 << 20;
  private static final int BACKLOG = 90;
  private static final int OTHERS = 8;
  private static final long FRAME = FrameLayout.storedLength(0);

  /** A small object's token and the heads of its requests, bytes. */
  private static final long SMALL_REQUESTS = 4_000;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Within this a provider that does not answer is known to be away. */
  private static final Duration NOTICED = Duration.ofSeconds(30);

  private static final Duration OUTAGE = Duration.ofSeconds(15);

  private final Map<String, byte[]> contents = new HashMap<>();
  private LocalStackProcess s3;
  private LocalSystem system;
  private Links links;
  private FaultProxy link;
  private Api api;
  private Path folder;
  private long began;

  @BeforeEach
  void start(@TempDir Path data) {
    folder = data;
    s3 = LocalStackProcess.start(data, "s3");
    system = LocalSystem.create("provider").optimised();
    links = new Links(system);
    link = links.to("s3", s3.endpoint("s3"));
    api = system.node("a").api();
    assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
  }

  @AfterEach
  void stop() {
    system.close();
    links.close();
    s3.close();
  }

  @Test
  void killed() {
    workInTheMiddle();
    s3.kill();
    outage();
    othersGoOn();
    workThereIsRefused();
    outageEnds();
    s3.restart();
    everythingGoesOn(2);
  }

  @Test
  void hung() {
    workInTheMiddle();
    s3.freeze();
    outage();
    othersGoOn();
    workThereIsRefused();
    outageEnds();
    s3.thaw();
    // Until it is known to be away, each try fills the buffers on the way to it once more.
    everythingGoesOn(3);
  }

  @Test
  void crawling() {
    workInTheMiddle();
    link.set(Direction.UP, LinkFaults.bandwidth(4_000));
    link.set(Direction.DOWN, LinkFaults.bandwidth(4_000));
    link.reset();
    outage();
    othersGoOn();
    outageEnds();
    link.heal();
    link.reset();
    everythingGoesOn(2);
  }

  private void outage() {
    began = System.nanoTime();
  }

  private void outageEnds() {
    await("the outage lasts")
        .atMost(PATIENCE)
        .until(() -> System.nanoTime() - began > OUTAGE.toNanos());
  }

  /**
   * A large object on its way to s3 and one from there, and more small ones than there are slots.
   */
  private void workInTheMiddle() {
    upload("to-s3", "azure", LARGE);
    upload("from-s3", "s3", LARGE);
    for (int i = 0; i < BACKLOG; i++) {
      upload("backlog-" + i, "azure", 1_000);
    }
    for (int i = 0; i < OTHERS; i++) {
      upload("other-" + i, "azure", i == 0 ? 2 * (int) FRAME : 5_000);
    }
    startMove("to-s3", "s3");
    startMove("from-s3", "gcs");
    await("s3 is sent and asked for data")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> done("to-s3") > LARGE / 4 && done("from-s3") > 0);
    JsonObject bulk =
        new JsonObject()
            .put("selector", new JsonObject().put("prefix", "backlog-"))
            .put("target", "s3");
    assertThat(api.post("/moves", bulk).status()).isEqualTo(202);
  }

  private void othersGoOn() {
    for (int i = 0; i < OTHERS; i++) {
      Answer moved = api.move("other-" + i, "gcs");
      assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    }
    assertThat(elapsedMs(began)).as("at once").isLessThan(NOTICED.toMillis());
    upload("during", "azure", 9_000_000);
    assertThat(api.download("other-1").body()).isEqualTo(contents.get("other-1"));
    assertThat(api.get("/health/ready").status()).isEqualTo(200);
  }

  private void workThereIsRefused() {
    long asked = System.nanoTime();
    refused(api.upload("refused", new byte[1_000], "X-Request-Id", "refused"));
    await("the outage is known")
        .atMost(NOTICED)
        .until(
            () ->
                !api.get("/health")
                    .json()
                    .getJsonObject("storage")
                    .getJsonObject("s3")
                    .getBoolean("reachable"));
    assertThat(elapsedMs(asked)).isLessThan(NOTICED.toMillis());
    JsonObject health = api.get("/health").json();
    assertThat(health.getString("status")).isEqualTo("degraded");
    assertThat(health.getJsonObject("storage").getJsonObject("gcs").getBoolean("reachable"))
        .isTrue();
    assertThat(api.get("/health/ready").body()).contains("location s3");
    assertThat(api.get("/locations").array().stream().map(JsonObject.class::cast))
        .allSatisfy(
            location ->
                assertThat(location.getBoolean("reachable"))
                    .isEqualTo(!location.getString("id").equals("s3")));
    long again = System.nanoTime();
    refused(api.upload("refused", new byte[20_000_000]));
    HttpResponse<byte[]> read = api.download("from-s3");
    assertThat(read.statusCode()).isIn(200, 503);
    if (read.statusCode() == 503) {
      assertThat(new String(read.body(), StandardCharsets.UTF_8)).contains("PROVIDER_DOWN");
      assertThat(read.headers().firstValue("Retry-After")).isPresent();
    }
    assertThat(elapsedMs(again)).as("refused at once").isLessThan(5_000);
  }

  private static void refused(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotEmpty();
    assertThat(answer.json().getString("code")).isEqualTo("PROVIDER_DOWN");
  }

  private void everythingGoesOn(int framesAgain) {
    new Verdict(system, folder, api).converges(contents);
    assertThat(api.file("to-s3").getString("current_location")).isEqualTo("s3");
    assertThat(api.file("from-s3").getString("current_location")).isEqualTo("gcs");
    assertThat(api.get("/moves?limit=1000").array().stream().map(JsonObject.class::cast))
        .as("an outage is not counted as a try")
        .allSatisfy(move -> assertThat(move.getInteger("attempts")).as(move.encode()).isZero());
    long stored = new ObjectLayout(LARGE).storedSize();
    long again = link.passed(Direction.UP) - 2 * stored - (BACKLOG + OTHERS) * SMALL_REQUESTS;
    assertThat(again).as("bytes sent again to s3").isLessThan(framesAgain * FRAME);
  }

  private void upload(String id, String location, int size) {
    byte[] content = Contents.bytes(size, id.hashCode());
    Answer stored =
        api.uploadTo(location, id, () -> new java.io.ByteArrayInputStream(content), size);
    assertThat(stored.status()).as(stored.body()).isEqualTo(201);
    contents.put(id, content);
  }

  private void startMove(String id, String target) {
    JsonObject move = new JsonObject().put("file_id", id).put("target", target);
    Answer accepted = api.post("/move", move, "Prefer", "respond-async");
    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
  }

  private long done(String id) {
    return api.get("/moves?file_id=" + id).array().stream()
        .map(JsonObject.class::cast)
        .mapToLong(move -> move.getLong("bytes_done"))
        .max()
        .orElse(0);
  }

  private static long elapsedMs(long since) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
  }
}
