package io.movingdata.e2e.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.e2e.Contents;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.Api.Answer;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.outage.Traffic.Told;
import io.movingdata.testkit.net.Direction;
import io.movingdata.testkit.net.FaultProxy;
import io.movingdata.testkit.net.LinkFaults;
import io.movingdata.testkit.process.LocalStackProcess;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The metadata store dies, hangs, or breaks connections after a request was sent, while clients
 * upload, read and move; or one node alone is cut off from it. Clients are told the truth quickly,
 * nothing is deleted on a guess, and everything goes on by itself.
 */
class MetadataOutageIT {
  private static final List<String> TARGETS = List.of("azure", "gcs", "s3");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration OUTAGE = Duration.ofSeconds(8);

  /** The longest that a client waits for a refusal: three tries of a store that does not answer. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private LocalStackProcess store;
  private LocalSystem system;
  private Links links;
  private FaultProxy link;

  @BeforeEach
  void start(@TempDir Path data) {
    store = LocalStackProcess.start(data, "mongo");
    system = LocalSystem.create("metadata").with("COLLECT_STALE_MS", "10000").observed();
    links = new Links(system);
    link = links.to("mongo", store.endpoint("mongo"));
  }

  @AfterEach
  void stop() {
    system.close();
    links.close();
    store.close();
  }

  @Test
  void killed() {
    away(store::kill, store::restart);
  }

  @Test
  void hung() {
    away(store::freeze, store::thaw);
  }

  private void away(Runnable goes, Runnable comesBack) {
    Api api = seeded();
    try (Traffic traffic = busy(api, "away/")) {
      goes.run();
      refusesUntilItIsBack(api, traffic, comesBack);
      goesOn(traffic);
    }
  }

  @Test
  void connectionsBreakAfterTheRequestWasSent() {
    Api api = seeded();
    try (Traffic traffic = busy(api, "cut/")) {
      int before = link.connections();
      link.set(Direction.DOWN, LinkFaults.cutAfter(20_000));
      link.reset();
      await("connections broke again and again")
          .atMost(PATIENCE)
          .until(() -> link.connections() > before + 30);
      link.heal();
      link.reset();
      goesOn(traffic);
    }
  }

  @Test
  void oneNodeIsCutOffFromIt() {
    Api cut = system.clustered("a").api();
    system.with("MONGO_URL", store.endpoint("mongo").toString());
    Api other = system.clustered("b").api();
    assertThat(cut.post("/seed", new JsonObject()).status()).isEqualTo(200);
    try (Traffic first = busy(cut, "first/");
        Traffic second = busy(other, "second/")) {
      long began = System.nanoTime();
      link.freeze();
      refuses(cut);
      int known = second.told().size();
      uploadAndMove(other);
      awaitOutage(began);
      assertThat(second.told(known))
          .as("the other node goes on")
          .allSatisfy(answer -> assertThat(answer.status()).as(answer.toString()).isLessThan(500));
      link.heal();
      ready(cut);
      goesOn(first, second);
    }
  }

  private Api seeded() {
    Api api = system.node("a").api();
    assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
    return api;
  }

  private static Traffic busy(Api api, String prefix) {
    Traffic traffic = new Traffic(api, prefix, TARGETS).start();
    await("traffic flows").atMost(PATIENCE).until(() -> traffic.acknowledged().size() > 10);
    return traffic;
  }

  private static void refusesUntilItIsBack(Api api, Traffic traffic, Runnable back) {
    long began = System.nanoTime();
    refuses(api);
    int known = traffic.told().size();
    awaitOutage(began);
    assertThat(traffic.told(known))
        .as("nothing is promised while the store is away")
        .noneMatch(told -> told.request().startsWith("upload") && told.status() < 300)
        .noneMatch(told -> told.request().startsWith("move") && told.status() < 300);
    back.run();
    ready(api);
  }

  /** Known within seconds; from then on each refusal comes at once. */
  private static void refuses(Api api) {
    await("the outage is known")
        .atMost(LONGEST)
        .until(() -> !api.get("/health").json().getJsonObject("mongo").getBoolean("connected"));
    assertThat(api.get("/health/ready").status()).isEqualTo(503);
    assertThat(api.get("/health/live").status()).isEqualTo(200);
    long asked = System.nanoTime();
    JsonObject move = new JsonObject().put("file_id", "any").put("target", "gcs");
    JsonObject bulk =
        new JsonObject().put("selector", new JsonObject().put("prefix", "a")).put("target", "gcs");
    for (Answer answer :
        List.of(
            api.upload("refused", new byte[1_000]),
            api.post("/move", move),
            api.post("/moves", bulk),
            api.get("/files"))) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isNotEmpty();
      assertThat(answer.json().getString("code")).isEqualTo("CATALOG_DOWN");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
  }

  private static void awaitOutage(long began) {
    await("the outage lasts")
        .atMost(PATIENCE)
        .until(() -> System.nanoTime() - began > OUTAGE.toNanos());
  }

  private static void ready(Api api) {
    await("ready again by itself")
        .atMost(PATIENCE)
        .until(() -> api.get("/health/ready").status() == 200);
  }

  private static void uploadAndMove(Api api) {
    byte[] content = Contents.bytes(12_000_000, 7);
    assertThat(api.upload("during", content).status()).isEqualTo(201);
    for (String target : TARGETS) {
      Answer moved = api.move("during", target);
      assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    }
    assertThat(api.download("during").body()).isEqualTo(content);
  }

  /** Work is done again; then, at rest, nothing is lost and every promise was kept. */
  private void goesOn(Traffic... all) {
    Map<String, byte[]> acknowledged = new HashMap<>();
    for (Traffic traffic : all) {
      int known = traffic.acknowledged().size();
      await("uploads are acknowledged again")
          .atMost(PATIENCE)
          .until(() -> traffic.acknowledged().size() > known + 5);
      traffic.close();
      Verdict.honest(traffic.told(), LONGEST);
      assertThat(traffic.told()).extracting(Told::status).contains(201);
      acknowledged.putAll(traffic.acknowledged());
    }
    new Verdict(system, all[0].api()).converges(acknowledged);
    system.witness().awaitRest(PATIENCE);
    assertThat(system.witness().verdict(List.of())).isEmpty();
  }
}
