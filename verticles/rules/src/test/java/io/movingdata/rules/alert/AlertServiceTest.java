package io.movingdata.rules.alert;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.config.Secret;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.contract.PredictorApi;
import io.movingdata.core.contract.RulesApi;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.AccessHistory;
import io.movingdata.core.model.Alert;
import io.movingdata.core.model.Decision;
import io.movingdata.core.model.Drift;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.Requester;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.rules.FakeCatalog;
import io.movingdata.rules.RulesNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alerts over a catalog in memory, and a webhook over a real HTTP server. */
class AlertServiceTest {
  private static final RetryPolicy FAST = new RetryPolicy(5, 5, 20);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final RulesNode.Time clock = new RulesNode.Time();
  private final List<JsonObject> told = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    new FakeCatalog(bus);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
          boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          if (!refused) {
            told.add(new JsonObject(body));
          }
          exchange.sendResponseHeaders(refused ? 503 : 204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    outcome(vertx.close());
  }

  private AlertService alerts(double cost, boolean privateToo) {
    String url = "http://localhost:" + server.getAddress().getPort() + "/hook?token=s3cr3t";
    NodeConfig.Alerts settings =
        new NodeConfig.Alerts(cost, 180, 15, 0.9, 75, Secret.of(url), privateToo);
    return new AlertService(RulesNode.context(vertx, bus, clock, "n1", settings), FAST);
  }

  /** Tells nobody. */
  private AlertService quiet(double cost) {
    NodeConfig.Alerts settings = new NodeConfig.Alerts(cost, 180, 15, 0.9, 75);
    return new AlertService(RulesNode.context(vertx, bus, clock, "n1", settings), FAST);
  }

  private static List<Alert> all(AlertService alerts) {
    return outcome(alerts.list(new RulesApi.AlertQuery(null, 100))).alerts();
  }

  private FileInsight unsure(double confidence) {
    Decision decision =
        new Decision(
            "f",
            "hot",
            null,
            false,
            "cost",
            1,
            "warm",
            confidence,
            List.of(),
            List.of(),
            0,
            0,
            0,
            clock.instant());
    AccessHistory history =
        new AccessHistory(0, 1, 1, 1, clock.instant(), 1, 0, 0, clock.instant(), clock.instant());
    return FileInsight.unknown("f", clock.instant())
        .used(history, RulesNode.windows(clock.instant()), clock.instant())
        .decided(decision);
  }

  @Test
  void aPriceAboveTheThresholdIsRaisedKeptAndResolved() {
    AlertService dear = quiet(0.02);
    outcome(dear.lookAround());
    assertThat(all(dear)).extracting(Alert::kind, Alert::subject).hasSize(1);
    Alert raised = all(dear).get(0);
    assertThat(raised.kind()).isEqualTo("cost");
    assertThat(raised.subject()).isEqualTo("s3");
    assertThat(raised.value()).isEqualTo(0.023);

    clock.pass(Duration.ofSeconds(40));
    outcome(dear.lookAround());
    assertThat(all(dear).get(0).raisedAt()).isEqualTo(raised.raisedAt());
    assertThat(all(dear).get(0).seenAt()).isAfter(raised.seenAt());

    AlertService cheap = quiet(0.5);
    outcome(cheap.lookAround());
    assertThat(all(cheap).get(0).state()).as("not at once").isEqualTo("active");
    clock.pass(Duration.ofMinutes(4));
    outcome(cheap.lookAround());
    assertThat(all(cheap).get(0).state()).isEqualTo("resolved");
  }

  @Test
  void aModelThatIsNotSureIsRaisedUnlessNobodyTrainedIt() {
    AlertService alerts = quiet(0.5);
    outcome(alerts.lookAt(List.of(unsure(0.7)), false));
    assertThat(all(alerts)).isEmpty();
    outcome(alerts.lookAt(List.of(unsure(0.95)), true));
    assertThat(all(alerts)).isEmpty();
    outcome(alerts.lookAt(List.of(unsure(0.7)), true));
    assertThat(all(alerts)).extracting(Alert::kind).containsExactly("confidence");
    String id = all(alerts).get(0).id();
    outcome(
        alerts.acknowledge(
            new RulesApi.Acknowledge(id, new Requester("olga", List.of("system"), "t"))));
    assertThat(all(alerts).get(0).acknowledgedBy()).isEqualTo("olga");
  }

  @Test
  void driftIsRaisedWithTheFeatureThatDriftedMost() {
    Drift drift =
        new Drift(
            "m4",
            100,
            0.3,
            true,
            List.of(new Drift.FeatureDrift("access_freq_per_day", 0.9)),
            null,
            clock.instant());
    outcome(
        bus.serve(
            PredictorApi.DRIFT,
            (Done all) -> Future.succeededFuture(new PredictorApi.DriftReply(drift))));
    AlertService alerts = quiet(0.5);
    outcome(alerts.lookAround());
    assertThat(all(alerts)).extracting(Alert::kind, Alert::subject).hasSize(1);
    assertThat(all(alerts).get(0).message()).contains("m4").contains("access_freq_per_day");
  }

  @Test
  void whatWaitsForAPersonIsRaisedWithHowMuchItIs() {
    MoveRecord stuck =
        Json.fromObject(
            new JsonObject().put("move_id", "m1").put("state", "stuck"), MoveRecord.class);
    outcome(
        bus.serve(
            CatalogApi.LIST_MOVES,
            query -> {
              assertThat(query.state()).isEqualTo(MoveState.STUCK);
              return Future.succeededFuture(new CatalogApi.MovePage(List.of(stuck, stuck), null));
            }));
    outcome(
        bus.serve(
            FindingApi.COUNT_FINDINGS,
            (Done all) ->
                Future.succeededFuture(
                    new FindingApi.FindingCounts(
                        List.of(
                            count(FindingKind.CORRUPT, FindingState.REPAIRED, 7),
                            count(FindingKind.OVERWRITTEN, FindingState.CONFLICT, 2),
                            count(FindingKind.MISSING, FindingState.UNREPAIRABLE, 1))))));
    AlertService alerts = quiet(0.5);
    outcome(alerts.lookAround());
    assertThat(all(alerts))
        .extracting(Alert::kind, Alert::message)
        .containsExactlyInAnyOrder(
            tuple("stuck_moves", "2 moves are stuck; they go on when they are tried again"),
            tuple("findings", "3 findings wait for a person: 2 conflict, 1 unrepairable"));
  }

  private FindingApi.FindingCount count(FindingKind kind, FindingState state, long count) {
    return new FindingApi.FindingCount(kind, state, "s3", count, clock.instant());
  }

  @Test
  void theWebhookIsToldOnceOfEachChangeHoweverOftenItHadToBeTried() {
    refusals.set(3);
    AlertService alerts = alerts(0.02, true);
    outcome(alerts.lookAround());
    await().until(() -> "active".equals(all(alerts).get(0).notified()));
    assertThat(told).hasSize(1);
    assertThat(told.get(0).getString("event")).isEqualTo("alert.active");
    assertThat(told.get(0).getString("node")).isEqualTo("n1");
    assertThat(told.get(0).getJsonObject("alert").getString("kind")).isEqualTo("cost");
    assertThat(keys).hasSize(4);
    assertThat(keys.stream().distinct()).as("each try has the same key").hasSize(1);

    AlertService cheap = alerts(0.5, true);
    clock.pass(Duration.ofMinutes(4));
    outcome(cheap.lookAround());
    await().until(() -> "resolved".equals(all(cheap).get(0).notified()));
    assertThat(told).hasSize(2);
    assertThat(told.get(1).getString("event")).isEqualTo("alert.resolved");
    outcome(cheap.stop());
    outcome(alerts.stop());
  }

  @Test
  void whatANodeDidNotTellAnotherDoes() {
    refusals.set(1_000);
    AlertService first = alerts(0.02, true);
    outcome(first.lookAround());
    await().until(() -> keys.size() == 5);
    refusals.set(0);
    AlertService second = alerts(0.02, true);
    clock.pass(Duration.ofSeconds(10));
    outcome(second.lookAround());
    assertThat(told).as("the first may still be at it").isEmpty();
    clock.pass(Duration.ofMinutes(3));
    outcome(second.lookAround());
    await().until(() -> told.size() == 1);
  }

  @Test
  void anAddressOnThisMachineIsNotToldUnlessThatIsAllowed() {
    AlertService alerts = alerts(0.02, false);
    NodeConfig.Alerts settings =
        new NodeConfig.Alerts(
            0.02,
            180,
            15,
            0.9,
            75,
            Secret.of("http://localhost:" + server.getAddress().getPort() + "/hook"),
            false);
    outcome(alerts.lookAround());
    Throwable refused =
        outcome(
            Webhook.of(vertx, settings)
                .tell(all(alerts).get(0), "active", "n1")
                .map((Throwable) null)
                .otherwise(failure -> failure));
    assertThat(refused).hasMessageContaining("ALERT_WEBHOOK_PRIVATE");
    assertThat(keys).isEmpty();
    assertThat(settings.toString()).doesNotContain("hook?").contains("[hidden]");
  }
}
