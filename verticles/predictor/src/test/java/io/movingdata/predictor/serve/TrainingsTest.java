package io.movingdata.predictor.serve;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.config.Provider;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.contract.PredictorApi;
import io.movingdata.core.contract.PredictorApi.OpenTraining;
import io.movingdata.core.contract.PredictorApi.TrainingRef;
import io.movingdata.core.contract.RulesApi;
import io.movingdata.core.cost.PriceClass;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.StateDocument;
import io.movingdata.core.model.Training;
import io.movingdata.predictor.PredictorVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trainings of one node, over a catalog in memory. */
class TrainingsTest {
  private static final Instant NOW = Instant.parse("2026-03-30T12:00:00Z");
  private static final Requester WHO = new Requester("olga", List.of("system"), "t");

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final Map<String, StateDocument> states = new TreeMap<>();
  private final List<FileRecord> files = new ArrayList<>();
  private final List<InsightApi.DayOfUse> use = new ArrayList<>();
  private LocalDate recordedSince;

  @BeforeEach
  void start() {
    outcome(
        Future.all(
            List.of(
                bus.serve(InsightApi.GET_STATE, this::state),
                bus.serve(InsightApi.LIST_STATE, this::states),
                bus.serve(InsightApi.PUT_STATE, this::put),
                bus.serve(
                    InsightApi.GET_INSIGHTS,
                    ids -> Future.succeededFuture(new InsightApi.Insights(List.of()))),
                bus.serve(
                    InsightApi.USE_BY_DAY,
                    query ->
                        Future.succeededFuture(
                            new InsightApi.DailyUse(
                                recordedSince,
                                use.stream()
                                    .filter(one -> query.ids().contains(one.fileId()))
                                    .toList()))),
                bus.serve(CatalogApi.APPEND_AUDIT, batch -> Future.succeededFuture(Done.DONE)),
                bus.serve(
                    CatalogApi.LIST_FILES,
                    query -> Future.succeededFuture(new CatalogApi.FilePage(files, null, -1))),
                bus.serve(RulesApi.PRICES, all -> Future.succeededFuture(prices())))));
    outcome(vertx.deployVerticle(new PredictorVerticle(node())));
  }

  @AfterEach
  void stop() {
    outcome(vertx.close());
  }

  private NodeContext node() {
    NodeConfig config =
        new NodeConfig(
            "local",
            new NodeConfig.Node("n1", List.of("predictor"), null, null, null, null, false),
            null,
            null,
            null,
            null,
            List.of(location("s3", "hot", 0.023), location("gcs", "cold", 0.004)),
            null,
            null,
            null,
            null,
            null,
            null);
    return new NodeContext(
        vertx,
        bus,
        config,
        Clock.fixed(NOW, ZoneOffset.UTC),
        null,
        vertx.createSharedWorkerExecutor("cpu", 2, 60_000_000_000L),
        null,
        List.of("predictor"));
  }

  private static LocationConfig location(String id, String tier, double storage) {
    return new LocationConfig(
        id, Provider.S3, null, "b", null, null, null, null, List.of(), tier, "r", storage, 0, 4);
  }

  private static RulesApi.PriceList prices() {
    return new RulesApi.PriceList(
        List.of(
            new RulesApi.Place("s3", "hot", new PriceClass("s3", "a", 0.023, 0, 0, 0, 0, 0, 30)),
            new RulesApi.Place(
                "gcs", "cold", new PriceClass("gcs", "b", 0.004, 0, 0, 0.02, 0, 0, 90))),
        90);
  }

  private Future<InsightApi.StateReply> state(InsightApi.StateRef ref) {
    return Future.succeededFuture(
        new InsightApi.StateReply(states.get(ref.kind() + "/" + ref.id())));
  }

  private Future<InsightApi.StateList> states(InsightApi.StateQuery query) {
    return Future.succeededFuture(
        new InsightApi.StateList(
            states.entrySet().stream()
                .filter(one -> one.getKey().startsWith(query.kind() + "/"))
                .map(Map.Entry::getValue)
                .toList()));
  }

  private Future<InsightApi.StateReply> put(InsightApi.PutState request) {
    StateDocument wanted = request.document();
    String key = request.kind() + "/" + wanted.id();
    long present = states.containsKey(key) ? states.get(key).version() : 0;
    if (present != wanted.version()) {
      throw MovingDataException.of(ErrorCode.VERSION_CONFLICT, "it has changed");
    }
    states.put(key, wanted.atVersion(present + 1));
    return Future.succeededFuture(new InsightApi.StateReply(states.get(key)));
  }

  /** Files of a GiB that were stored long ago; every other one is read each day. */
  private void files(int count, int recordedDays) {
    LocalDate today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
    recordedSince = today.minusDays(recordedDays);
    for (int i = 0; i < count; i++) {
      String id = "f" + i;
      JsonObject file =
          new JsonObject()
              .put("id", id)
              .put("version", 1)
              .put("size_bytes", 1L << 30)
              .put("primary", i % 4 < 2 ? "s3" : "gcs")
              .put("created_at", "2025-01-01T00:00:00Z")
              .put("updated_at", "2025-01-01T00:00:00Z")
              .put("deleted", false);
      files.add(Json.fromObject(file, FileRecord.class));
      for (int day = 0; i % 2 == 0 && day <= recordedDays; day++) {
        use.add(new InsightApi.DayOfUse(id, today.minusDays(day), 20, 0, 0));
      }
    }
  }

  private Training ended(Training training) {
    TrainingRef ref = new TrainingRef(training.trainingId(), WHO);
    await().atMost(Duration.ofSeconds(60)).until(() -> !get(ref).open());
    return get(ref);
  }

  private Training auto() {
    return ended(outcome(open(true)));
  }

  private Future<Training> open(boolean autoLabel) {
    return bus.request(PredictorApi.OPEN_TRAINING, new OpenTraining(autoLabel, WHO));
  }

  private Training get(TrainingRef ref) {
    return outcome(bus.request(PredictorApi.GET_TRAINING, ref));
  }

  private PredictorApi.Models models() {
    return outcome(bus.request(PredictorApi.MODELS, Done.DONE));
  }

  @Test
  void filesWithRecordedUseAreLabelledByLookingAhead() {
    files(60, 25);
    Training done = auto();
    assertThat(done.state()).as(done.error()).isEqualTo(Training.DONE);
    assertThat(done.model().labels()).isEqualTo("look-ahead");
    assertThat(done.model().horizonDays()).isEqualTo(12);
    assertThat(done.model().classes()).containsExactly("cold", "hot");
    assertThat(done.model().holdoutF1()).isGreaterThan(0.95);
    assertThat(done.examples()).isGreaterThan(60);
  }

  @Test
  void withoutRecordedUseHeuristicsLabel() {
    files(30, 1);
    Training done = auto();
    assertThat(done.state()).isEqualTo(Training.FAILED);
    assertThat(done.errorCode()).as("all of them are idle").isEqualTo(ErrorCode.CONFLICT.wire());
    assertThat(done.error()).contains("30 examples of 1 tiers");
  }

  @Test
  void theFirstModelIsThereBeforeAnybodyTrainedOne() {
    await().atMost(Duration.ofSeconds(20)).until(() -> models().inForce() != null);
    PredictorApi.Models models = models();
    assertThat(models.inForce()).isEqualTo("m1");
    assertThat(models.models().get(0).labels()).isEqualTo("bootstrap");
  }

  @Test
  void oneTrainingAtATimeAndACancelledOneFreesItsNode() {
    Training open = outcome(open(false));
    assertThat(open.state()).isEqualTo(Training.COLLECTING);
    Throwable busy =
        open(false)
            .transform(done -> Future.succeededFuture(done.cause()))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    assertThat(MovingDataException.is(busy, ErrorCode.OVERLOADED)).isTrue();
    TrainingRef ref = new TrainingRef(open.trainingId(), WHO);
    Training cancelled = outcome(bus.request(PredictorApi.CANCEL_TRAINING, ref));
    assertThat(cancelled.state()).isEqualTo(Training.CANCELLED);
    assertThat(get(ref).state()).isEqualTo(Training.CANCELLED);
    Training next = outcome(open(false));
    assertThat(next.trainingId()).isNotEqualTo(open.trainingId());
  }
}
