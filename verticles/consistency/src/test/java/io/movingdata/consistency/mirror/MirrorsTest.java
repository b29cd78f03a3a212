package io.movingdata.consistency.mirror;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.consistency.fixture.FakeCatalog;
import io.movingdata.consistency.fixture.FakeMover;
import io.movingdata.consistency.fixture.Nodes;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.config.Secret;
import io.movingdata.core.contract.MirrorApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.Requester;
import io.movingdata.testkit.mirror.ReferenceMirror;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Telling mirrors, over a real bus with a fake catalog, to real mirrors. */
class MirrorsTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final Requester WHO = new Requester("olga", List.of("system"), "r");

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final FakeCatalog catalog = new FakeCatalog(bus);
  private final FakeMover events = new FakeMover(bus, catalog);
  private final ReferenceMirror one = ReferenceMirror.start(FakeCatalog::sha256);
  private final ReferenceMirror two = ReferenceMirror.start(FakeCatalog::sha256);
  private Mirrors mirrors;

  @BeforeEach
  void start() {
    outcome(catalog.start());
    mirrors = node("a");
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
    outcome(vertx.close());
  }

  private Mirrors node(String id) {
    Mirrors made =
        new Mirrors(
            Nodes.node(
                bus,
                id,
                1,
                new NodeConfig.Mirror(
                    "one", Secret.of(one.url().toString()), Secret.of(one.getUrl().toString())),
                new NodeConfig.Mirror("two", Secret.of(two.url().toString()), null)));
    outcome(made.start());
    return made;
  }

  private MirrorApi.Endpoint status(String name) {
    return outcome(bus.request(MirrorApi.STATUS, Done.DONE)).endpoints().stream()
        .filter(endpoint -> endpoint.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private boolean holds(ReferenceMirror mirror, String file) {
    ReferenceMirror.Entry held = mirror.files().get(file);
    return held != null && held.version() == catalog.files.get(file).version();
  }

  private void awaitHeld(String file) {
    await(file).atMost(SOON).until(() -> holds(one, file) && holds(two, file));
  }

  @Test
  void whatWasThereAndWhatIsHeardOfIsToldToAll() {
    catalog.put("old", "s3");
    awaitHeld("old");
    catalog.put("new", "s3");
    events.tell("new");
    awaitHeld("new");
    assertThat(one.received())
        .anyMatch(c -> c.getString("file").equals("new") && c.getString("reason").equals("moved"));
    await().atMost(SOON).until(() -> status("one").state().equals("ok"));
    assertThat(status("one").host()).isEqualTo("127.0.0.1");
    assertThat(status("one").lastDeliveredAt()).isNotNull();
  }

  @Test
  void aMirrorThatIsAwayIsSaidToBeSoAndCatchesUpAndTheOtherIsNotHeldUp() {
    two.down();
    for (int i = 0; i < 20; i++) {
      catalog.put("f" + i, "s3");
    }
    await().atMost(SOON).until(() -> holds(one, "f19"));
    await().atMost(SOON).until(() -> status("two").pending() == 20);
    assertThat(status("two").state()).isEqualTo("unreachable");
    assertThat(status("two").lastError()).contains("connections");
    two.up();
    for (int i = 0; i < 20; i++) {
      awaitHeld("f" + i);
    }
    await().atMost(SOON).until(() -> status("two").state().equals("ok"));
    assertThat(status("two").pending()).isZero();
    assertThat(status("two").lastError()).isNull();
  }

  @Test
  void aFileThatAMirrorRefusesDoesNotHoldUpOthers() {
    two.refuse("f05", 422);
    for (int i = 0; i < 10; i++) {
      catalog.put("f0" + i, "s3");
    }
    await().atMost(SOON).until(() -> two.files().size() == 9);
    await().atMost(SOON).until(() -> status("two").state().equals("behind"));
    assertThat(status("two").pending()).isEqualTo(1);
    two.refuseWith(0);
    outcome(bus.request(MirrorApi.RESYNC, new MirrorApi.Resync(List.of("two"), WHO)));
    awaitHeld("f05");
  }

  @Test
  void aDeletionThatNobodyHeardOfIsToldByTheNextNodeAndThenForgotten() {
    catalog.put("goes", "s3");
    awaitHeld("goes");
    outcome(mirrors.stop());
    catalog.delete("goes");
    Mirrors next = node("b");
    await()
        .atMost(SOON)
        .until(() -> one.files().get("goes").deleted() && two.files().get("goes").deleted());
    assertThat(holds(one, "goes")).isTrue();
    await().atMost(SOON).until(() -> catalog.deliveries.get("goes").told().size() == 2);
    outcome(next.stop());
    node("c");
    await().atMost(SOON).until(() -> !catalog.deliveries.containsKey("goes"));
  }

  @Test
  void everythingIsToldAgainWhenSomebodyAsks() {
    catalog.put("a", "s3");
    events.tell("a");
    awaitHeld("a");
    two.forget("a");
    outcome(bus.request(MirrorApi.RESYNC, new MirrorApi.Resync(List.of("two"), WHO)));
    awaitHeld("a");
    refusal(
        bus.request(MirrorApi.RESYNC, new MirrorApi.Resync(List.of("three"), WHO)),
        ErrorCode.INVALID_REQUEST);
  }

  @Test
  void otherContentIsAFindingUntilItIsMendedAndWhatIsLostIsToldAgain() {
    catalog.put("a", "s3");
    catalog.put("b", "s3");
    events.tell("a");
    events.tell("b");
    awaitHeld("a");
    awaitHeld("b");
    one.damage("a");
    await().atMost(SOON).until(() -> status("one").differing() == 1);
    Finding found = catalog.findings.values().iterator().next();
    assertThat(found.kind()).isEqualTo(FindingKind.MIRROR_DIFFERS);
    assertThat(found.fileId()).isEqualTo("a");
    assertThat(found.location()).isEqualTo("one");
    one.mend("a");
    await().atMost(SOON).until(() -> status("one").differing() == 0);
    assertThat(catalog.findings.get(found.id()).state()).isEqualTo(FindingState.GONE);
    one.forget("b");
    awaitHeld("b");
    assertThat(catalog.findings).as("nothing else differs").hasSize(1);
  }

  @Test
  void oneNodeTellsAndTheOtherTakesOver() {
    catalog.put("first", "s3");
    awaitHeld("first");
    node("b");
    catalog.put("next", "s3");
    events.tell("next");
    awaitHeld("next");
    long told = two.received().stream().filter(c -> c.getString("file").equals("next")).count();
    assertThat(told).as("by one node").isEqualTo(1);
    outcome(mirrors.stop());
    catalog.put("late", "s3");
    events.tell("late");
    awaitHeld("late");
  }
}
