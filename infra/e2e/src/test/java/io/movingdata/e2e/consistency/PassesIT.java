package io.movingdata.e2e.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.e2e.Contents;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Passes that several nodes share, as the API, the event stream and the metrics show them. */
class PassesIT {
  private static final int FILES = 450;
  private static final int SIZE = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private LocalSystem system;
  private Tamper tamper;

  @BeforeEach
  void start() {
    system =
        LocalSystem.create("passes")
            .with("CONSISTENCY_POLL_MS", "200")
            .with("CONSISTENCY_BREAKER_PERCENT", "50")
            .with("METRICS_ON_API", "1");
  }

  @AfterEach
  void stop() {
    if (tamper != null) {
      tamper.close();
    }
    system.close();
  }

  @Test
  void aDeepPassGoesOnAtAnotherNodeAndKeepsNoLightOneWaiting() {
    system.with("CONSISTENCY_BYTES_PER_S", "9000");
    NodeProcess dies = system.clustered("dies");
    NodeProcess stays = system.clustered("stays");
    Api api = stays.api();
    assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
    for (int i = 0; i < FILES; i++) {
      assertThat(api.upload("f/" + i, Contents.bytes(SIZE, i)).status()).isEqualTo(201);
    }
    long copies = copies();
    tamper = new Tamper(system);
    String file = "f/17";
    tamper.flipByte("s3", key(file));
    Instant began = Instant.now();

    String deep = begin(api, "deep");
    await("the node that will die is in the middle of a shard")
        .atMost(PATIENCE)
        .until(
            () ->
                shards(api, deep)
                    .anyMatch(
                        s ->
                            "dies".equals(s.getString("owner"))
                                && "running".equals(s.getString("state"))
                                && s.getString("cursor") != null));
    dies.kill9();
    String light = begin(api, "light");
    ended(api, light);
    assertThat(sum(api, light, "examined")).isEqualTo(copies);
    assertThat(pass(api, deep).getString("finished_at")).as("still under way").isNull();

    ended(api, deep);
    assertThat(shards(api, deep)).allMatch(s -> s.getString("state").equals("done"));
    assertThat(sum(api, deep, "examined")).as("each copy once").isEqualTo(copies);
    assertThat(sum(api, deep, "bad")).isEqualTo(1);
    assertThat(sum(api, deep, "unknown")).isZero();
    JsonArray findings = api.get("/consistency/findings").array();
    assertThat(findings).hasSize(1);
    assertThat(findings.getJsonObject(0).getString("file_id")).isEqualTo(file);

    assertThat(verifiedAt(api, "f/16")).as("read whole by the pass").isAfter(began);
    assertThat(verifiedAt(api, file)).as("damaged").isBefore(began);
    double age = metric(api, "movingdata_consistency_oldest_verification_seconds");
    assertThat(age).isGreaterThan(Duration.between(began, Instant.now()).toSeconds() - 20.0);
  }

  @Test
  void whoListensHearsOfThePassAndOfTheRepair() {
    Api api = system.node("n1").api();
    assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
    for (int i = 0; i < 3; i++) {
      assertThat(api.upload("f/" + i, Contents.bytes(SIZE, i)).status()).isEqualTo(201);
      JsonObject targets = new JsonObject().put("targets", new JsonArray().add("gcs"));
      assertThat(api.post("/replicas/" + Api.encode("f/" + i), targets).status()).isEqualTo(200);
    }
    tamper = new Tamper(system);
    tamper.flipByte("s3", key("f/1"));
    List<JsonObject> heard = listen(api);

    String pass = begin(api, "deep");
    await("it is repaired")
        .atMost(PATIENCE)
        .until(() -> heard.stream().anyMatch(e -> "repaired".equals(e.getString("state"))));
    List<JsonObject> passes =
        heard.stream().filter(event -> pass.equals(event.getString("id"))).toList();
    assertThat(passes.get(0).getString("finished_at")).as("it began").isNull();
    assertThat(passes).as("it ended").anyMatch(event -> event.getString("finished_at") != null);
    List<String> states =
        heard.stream()
            .filter(event -> "f/1".equals(event.getString("file_id")))
            .map(event -> event.getString("state"))
            .toList();
    assertThat(states).startsWith("open").endsWith("repaired");
    await("the metrics say so")
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              assertThat(metric(api, "movingdata_consistency_repairs")).isEqualTo(1);
              assertThat(metric(api, "movingdata_consistency_conflicts")).isZero();
              assertThat(metric(api, "movingdata_consistency_findings_open")).isZero();
              assertThat(metric(api, "movingdata_replication_files_waiting")).isZero();
            });
  }

  private static List<JsonObject> listen(Api api) {
    List<JsonObject> heard = new CopyOnWriteArrayList<>();
    URI events = api.base().resolve("/events?topics=consistency");
    Stream<String> lines;
    try {
      lines =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(events).build(), BodyHandlers.ofLines())
              .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    Thread reader =
        new Thread(
            () ->
                lines
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> line.substring("data:".length()).trim())
                    .filter(text -> text.startsWith("{"))
                    .forEach(text -> heard.add(new JsonObject(text))));
    reader.setDaemon(true);
    reader.start();
    return heard;
  }

  private static String begin(Api api, String kind) {
    Api.Answer answer = api.post("/consistency/passes", new JsonObject().put("kind", kind));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().getString("id");
  }

  private static void ended(Api api, String id) {
    await("the pass ends")
        .atMost(PATIENCE)
        .until(() -> pass(api, id).getString("finished_at") != null);
  }

  private static JsonObject pass(Api api, String id) {
    return api.get("/consistency/passes/" + id).json();
  }

  private static Stream<JsonObject> shards(Api api, String id) {
    return pass(api, id).getJsonArray("shards").stream().map(JsonObject.class::cast);
  }

  private static long sum(Api api, String id, String field) {
    return shards(api, id)
        .map(s -> s.getLong(field))
        .filter(Objects::nonNull)
        .reduce(0L, Long::sum);
  }

  private static Instant verifiedAt(Api api, String fileId) {
    return Instant.parse(
        api.file(fileId).getJsonArray("replicas").getJsonObject(0).getString("verified_at"));
  }

  private static double metric(Api api, String name) {
    return api.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private long copies() {
    return system.witness().look().files().stream().mapToLong(file -> file.replicas().size()).sum();
  }

  private String key(String fileId) {
    return system.witness().look().files().stream()
        .filter(file -> file.id().equals(fileId))
        .findFirst()
        .orElseThrow()
        .primaryReplica()
        .orElseThrow()
        .key();
  }
}
