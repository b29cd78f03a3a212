package io.movingdata.rules.autopilot;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.contract.RulesApi;
import io.movingdata.core.json.Json;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Alert;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.FileWindows;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.RuleSet;
import io.movingdata.rules.FakeCatalog;
import io.movingdata.rules.RulesNode;
import io.movingdata.rules.alert.AlertService;
import io.movingdata.rules.book.RuleBook;
import io.movingdata.rules.cost.PriceBook;
import io.movingdata.rules.decide.EvaluationService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The autopilot's turns and budgets over a catalog and a mover in memory. */
class AutopilotTest {
  private static final NodeConfig.Alerts ALERTS = new NodeConfig.Alerts(1, 180, 15, 0.9, 75);
  private static final Requester WHO = new Requester("olga", List.of("system"), "t");
  private static final double GIB = 1024.0 * 1024 * 1024;

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final RulesNode.Time clock = new RulesNode.Time();
  private final FakeCatalog catalog = new FakeCatalog(bus);

  @AfterEach
  void stop() {
    outcome(vertx.close());
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of("../../conf", file));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Autopilot autopilot(String node, String budget, double value) {
    NodeContext context = RulesNode.context(vertx, bus, clock, node, ALERTS);
    JsonObject rules = new JsonObject(text("rules.json")).put("budget_usd_per_day", 1e6);
    rules.put("budget_gb_per_day", 1e6).put("max_moves_per_hour", 1_000).put("horizon_days", 999);
    rules.put(budget, budget.equals("max_moves_per_hour") ? (Object) (int) value : value);
    RuleSet set = RuleBook.configured(rules.encode(), ALERTS);
    RuleBook book = new RuleBook(context, set);
    PriceBook prices = PriceBook.parse(text("prices.json"));
    return new Autopilot(
        context,
        book,
        new EvaluationService(context, book, prices),
        new AlertService(context),
        new AuditLog(bus, clock));
  }

  /** Files that nobody reads: each is worth moving to the cold place. */
  private void idleFiles(int count, long bytes) {
    Instant longAgo = clock.instant().minus(Duration.ofDays(400));
    for (int i = 0; i < count; i++) {
      String id = "f%04d".formatted(catalog.files.size());
      JsonObject file =
          new JsonObject()
              .put("id", id)
              .put("version", 1)
              .put("size_bytes", bytes)
              .put("primary", "s3")
              .put("created_at", longAgo.toString())
              .put("updated_at", longAgo.toString())
              .put("deleted", false);
      catalog.files.put(id, Json.fromObject(file, FileRecord.class));
    }
  }

  private static void auto(Autopilot pilot) {
    outcome(pilot.put(new RulesApi.PutAutopilot(Ledger.AUTO, WHO)));
  }

  @Test
  void nothingIsMovedUntilItIsTold() {
    idleFiles(5, 50L << 30);
    Autopilot pilot = autopilot("n1", "budget_gb_per_day", 1e6);
    outcome(pilot.begin());
    assertThat(catalog.submitted).isEmpty();
    assertThat(catalog.insights.values()).allMatch(one -> one.decision().move());
    auto(pilot);
    outcome(pilot.begin());
    assertThat(catalog.submitted).hasSize(5).allMatch(one -> one.target().equals("gcs"));
    assertThat(catalog.submitted).allMatch(one -> one.requester().principal().equals("autopilot"));
  }

  @Test
  void whileItIsOffNothingIsDecidedButASlowFileIsStillTold() {
    idleFiles(2, 50L << 30);
    JsonObject slow = new JsonObject().put("at", clock.instant().toString());
    slow.put("count60m", 4).put("latency_p95_ms", 900);
    FileWindows lately = Json.fromObject(slow, FileWindows.class);
    Instant now = clock.instant();
    catalog.insights.put("f0001", FileInsight.unknown("f0001", now).used(null, lately, now));
    Autopilot pilot = autopilot("n1", "budget_gb_per_day", 1e6);
    outcome(pilot.put(new RulesApi.PutAutopilot(Ledger.OFF, WHO)));
    outcome(pilot.begin());
    assertThat(catalog.insights.values()).allMatch(one -> one.decision() == null);
    AlertService alerts = new AlertService(RulesNode.context(vertx, bus, clock, "n1", ALERTS));
    assertThat(outcome(alerts.list(new RulesApi.AlertQuery("active", 10))).alerts())
        .singleElement()
        .extracting(Alert::kind, Alert::subject)
        .containsExactly("latency", "f0001");
  }

  @Test
  void noMoreBytesThanTheBudgetOfTheDayAllowsAndASmallerFileStillFits() {
    idleFiles(3, 40L << 30);
    idleFiles(1, 15L << 30);
    Autopilot pilot = autopilot("n1", "budget_gb_per_day", 100);
    auto(pilot);
    outcome(pilot.begin());
    assertThat(catalog.submitted)
        .extracting(MoverApi.Submit::fileId)
        .containsExactly("f0000", "f0001", "f0003");
    outcome(pilot.begin());
    assertThat(catalog.submitted).as("the day is not over").hasSize(3);
    assertThat(outcome(pilot.get(Done.DONE)).transferredTodayGb()).isEqualTo(95);
    clock.pass(Duration.ofDays(1));
    outcome(pilot.begin());
    assertThat(catalog.submitted).as("a new day, a new budget").hasSizeGreaterThan(3);
  }

  @Test
  void noMoreMoneyThanTheBudgetOfTheDayAllows() {
    idleFiles(4, 100L << 30);
    Autopilot probe = autopilot("n1", "budget_usd_per_day", 1e6);
    outcome(probe.begin());
    double one = catalog.insights.get("f0000").decision().moveCost();
    assertThat(one).isPositive();

    Autopilot pilot = autopilot("n1", "budget_usd_per_day", 2.5 * one);
    auto(pilot);
    outcome(pilot.begin());
    assertThat(catalog.submitted).hasSize(2);
    assertThat(outcome(pilot.get(Done.DONE)).spentToday()).isEqualTo(2 * one);
    outcome(pilot.begin());
    assertThat(catalog.submitted).hasSize(2);
  }

  @Test
  void twoNodesShareOneBudgetAndTakeTurns() {
    idleFiles(450, 1L << 30);
    Autopilot first = autopilot("n1", "max_moves_per_hour", 30);
    Autopilot second = autopilot("n2", "max_moves_per_hour", 30);
    auto(first);
    outcome(Future.all(first.begin(), second.begin()));
    assertThat(catalog.submitted).hasSize(30);
    assertThat(catalog.submitted.stream().map(MoverApi.Submit::fileId).distinct())
        .as("no file is moved twice")
        .hasSize(30);
    assertThat(catalog.pages).as("one node read the three pages").isEqualTo(3);
    RulesApi.Autopilot seen = outcome(second.get(Done.DONE));
    assertThat(seen.swept()).isEqualTo(450);
    assertThat(seen.movesThisHour()).isEqualTo(30);
    assertThat(seen.transferredTodayGb() * GIB).isEqualTo(30 * GIB);

    outcome(second.begin());
    assertThat(catalog.pages).as("then the other's turn came").isEqualTo(6);
  }

  @Test
  void theTurnOfANodeThatIsGoneEnds() {
    idleFiles(1, 1L << 30);
    outcome(
        new LedgerStore(RulesNode.context(vertx, bus, clock, "gone", ALERTS))
            .change(
                ledger ->
                    java.util.Optional.of(ledger.heldBy("gone", clock.instant().plusSeconds(60)))));
    Autopilot pilot = autopilot("n1", "max_moves_per_hour", 30);
    outcome(pilot.begin());
    assertThat(catalog.pages).isZero();
    clock.pass(Duration.ofSeconds(61));
    outcome(pilot.begin());
    assertThat(catalog.pages).isEqualTo(1);
  }
}
