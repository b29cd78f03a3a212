package io.movingdata.consistency.replication;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.awaitility.Awaitility.await;

import io.movingdata.consistency.fixture.FakeCatalog;
import io.movingdata.consistency.fixture.FakeMover;
import io.movingdata.consistency.fixture.Nodes;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.ReplicationApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Requester;
import io.movingdata.core.replication.ReplicationInForce;
import io.movingdata.core.replication.ReplicationPolicy;
import io.movingdata.core.replication.ReplicationRule;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The room's part in replication, over a real bus with a fake catalog and mover. */
class ReplicationTest {
  private static final int IN_FLIGHT = 3;
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final Requester WHO = new Requester("olga", List.of("system"), "r");

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final FakeCatalog catalog = new FakeCatalog(bus);
  private final FakeMover mover = new FakeMover(bus, catalog);
  private final NodeContext first = Nodes.node(bus, "a", IN_FLIGHT);

  @BeforeEach
  void start() {
    outcome(catalog.start());
    outcome(mover.start());
    outcome(new Replication(first, ReplicationInForce.of(first)).start());
  }

  @AfterEach
  void stop() {
    outcome(vertx.close());
  }

  private Replication node(String id) {
    NodeContext node = Nodes.node(bus, id, IN_FLIGHT);
    return new Replication(node, ReplicationInForce.of(node));
  }

  private ReplicationPolicy put(int copies, boolean prune, ReplicationRule... rules) {
    long version = shown().policy().version();
    return outcome(
        bus.request(
            ReplicationApi.PUT_POLICY,
            new ReplicationApi.PutPolicy(
                new ReplicationPolicy(
                    version, copies, List.of(), List.of(rules), prune, null, null),
                WHO)));
  }

  private ReplicationApi.Replication shown() {
    return outcome(bus.request(ReplicationApi.GET_REPLICATION, Done.DONE));
  }

  @Test
  void whilePolicyWantsOneCopyNothingIsDone() {
    catalog.put("a", "s3");
    mover.tell("a");
    assertThat(shown().policy()).isEqualTo(ReplicationPolicy.single());
    assertThat(shown().progress().state()).isEqualTo("idle");
    assertThat(catalog.states).as("nobody takes a turn").isEmpty();
  }

  @Test
  void oldAndNewFilesGetTheirCopiesAndOthersNone() {
    catalog.put("keep/old", "s3");
    catalog.put("other", "s3");
    put(1, false, new ReplicationRule("keep", null, "keep/", null, 3, List.of()));
    await()
        .untilAsserted(
            () ->
                assertThat(catalog.copies("keep/old"))
                    .containsExactlyInAnyOrder("s3", "azure", "gcs"));
    catalog.put("keep/new", "azure");
    mover.tell("keep/new");
    await()
        .untilAsserted(
            () ->
                assertThat(catalog.copies("keep/new"))
                    .containsExactlyInAnyOrder("azure", "gcs", "s3"));
    assertThat(catalog.copies("other")).containsExactly("s3");
    assertThat(mover.submitted)
        .allMatch(one -> one.requester().principal().equals("replication") && one.priority() == 1);
    await().until(() -> shown().progress().finishedAt() != null);
  }

  @Test
  void noMoreCopiesThanAllowedAreMadeAtTheSameTime() {
    for (int i = 0; i < 20; i++) {
      catalog.put("f" + i, "s3");
    }
    mover.hold();
    put(2, false);
    await().until(() -> mover.waiting() == IN_FLIGHT);
    await().until(() -> shown().progress().copying() == IN_FLIGHT);
    assertThat(mover.submitted).hasSize(IN_FLIGHT);
    mover.letGo();
    await()
        .until(() -> catalog.files.keySet().stream().allMatch(f -> catalog.copies(f).size() == 2));
    assertThat(mover.submitted).hasSize(20);
  }

  @Test
  void aSecondNodeDoesNotCopyAgainAndGoesOnWhenTheFirstStops() {
    Replication other = node("b");
    outcome(other.start());
    for (int i = 0; i < 10; i++) {
      catalog.put("f" + i, "s3");
    }
    put(2, false);
    await()
        .until(() -> catalog.files.keySet().stream().allMatch(f -> catalog.copies(f).size() == 2));
    assertThat(mover.submitted).hasSize(10);
    outcome(other.stop());
    catalog.put("late", "s3");
    await().until(() -> catalog.copies("late").size() == 2);
  }

  @Test
  void aCopyThatIsStuckIsCountedAndTriedAgainInTheNextSweep() {
    mover.stuckTargets.add("gcs");
    catalog.put("a", "s3");
    put(2, false);
    await()
        .untilAsserted(
            () -> {
              assertThat(shown().progress().failed()).isPositive();
              assertThat(shown().progress().lastError()).contains("gcs", "the target is full");
            });
    mover.stuckTargets.clear();
    await().until(() -> catalog.copies("a").contains("gcs"));
    await().until(() -> shown().progress().failed() == 0);
  }

  @Test
  void copiesThatAreNotWantedGoOnlyWhereThePolicySaysSo() {
    catalog.put("a", "s3", "azure", "gcs");
    put(2, false);
    await().until(() -> shown().progress().finishedAt() != null);
    assertThat(mover.dropped).isEmpty();
    put(2, true);
    await().until(() -> mover.dropped.equals(List.of("a@azure")));
  }

  @Test
  void howManyFilesWaitForACopyAndSinceWhenIsMeasuredWhereTheTurnIs() {
    NodeContext one = Nodes.node(bus, "b", IN_FLIGHT);
    NodeContext other = Nodes.node(bus, "c", IN_FLIGHT);
    await().until(() -> waiting(first) == 0);
    for (NodeContext node : List.of(one, other)) {
      outcome(new Replication(node, ReplicationInForce.of(node)).start());
    }
    for (int i = 0; i < 7; i++) {
      catalog.put("f" + i, "s3");
    }
    catalog.put("enough", "s3", "gcs");
    mover.hold();
    put(2, false);
    List<NodeContext> nodes = List.of(first, one, other);
    await().atMost(SOON).until(() -> nodes.stream().anyMatch(node -> waiting(node) == 7));
    await()
        .atMost(SOON)
        .until(() -> nodes.stream().filter(node -> Double.isNaN(waiting(node))).count() == 2);
    NodeContext measures =
        nodes.stream().filter(node -> waiting(node) == 7).findFirst().orElseThrow();
    assertThat(lag(measures)).as("the files are old, the policy is not").isBetween(0.0, 60.0);
    mover.letGo();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(waiting(measures)).isZero();
              assertThat(lag(measures)).isZero();
            });
  }

  private static double waiting(NodeContext node) {
    return node.meters().get("movingdata.replication.files.waiting").gauge().value();
  }

  private static double lag(NodeContext node) {
    return node.meters().get("movingdata.replication.lag.seconds").gauge().value();
  }

  @Test
  void aPolicyIsTriedWithItsCostsAndReplacedByItsVersionOnly() {
    catalog.put("a", "s3");
    catalog.put("b", "s3", "gcs");
    ReplicationPolicy three = new ReplicationPolicy(0, 3, List.of(), List.of(), false, null, null);
    ReplicationApi.Evaluation tried =
        outcome(bus.request(ReplicationApi.EVALUATE, new ReplicationApi.Evaluate(three, null)));
    assertThat(tried.files()).isEqualTo(2);
    assertThat(tried.lacking()).isEqualTo(2);
    assertThat(tried.copies()).isEqualTo(3);
    assertThat(tried.bytes()).isEqualTo(360);
    double gib = 1024.0 * 1024 * 1024;
    assertThat(tried.egressCost()).isCloseTo(360 / gib * 0.09, offset(1e-15));
    assertThat(tried.monthlyCost()).isCloseTo(240 / gib * 0.018 + 120 / gib * 0.004, offset(1e-15));
    assertThat(mover.submitted).isEmpty();
    assertThat(put(1, false).version()).isEqualTo(1);
    refusal(
        bus.request(ReplicationApi.PUT_POLICY, new ReplicationApi.PutPolicy(three, WHO)),
        ErrorCode.VERSION_CONFLICT);
    refusal(
        bus.request(ReplicationApi.EVALUATE, new ReplicationApi.Evaluate(null, "no such file")),
        ErrorCode.OBJECT_NOT_FOUND);
  }
}
