package io.movingdata.core.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.Outcome;
import io.movingdata.core.metrics.NodeMetrics;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeTest {
  private final Roles roles = new Roles();
  private final List<NodeRole> available =
      List.of(
          roles.wellBehaved("gateway", 90),
          roles.wellBehaved("storage", 10),
          roles.wellBehaved("catalog", 20));

  @Test
  void rolesStartInTheirOrderAndStopInTheOpposite() {
    Node node = Outcome.of(Node.start(Roles.config(), available));
    assertThat(node.context().roles()).containsExactly("storage", "catalog", "gateway");
    assertThat(roles.happened).containsExactly("+storage", "+catalog", "+gateway");
    roles.happened.clear();
    Outcome.of(node.stop());
    assertThat(roles.happened).containsExactly("-gateway", "-catalog", "-storage");
  }

  @Test
  void onlyTheRolesThatAreAskedForRun() {
    Node node = Outcome.of(Node.start(Roles.config("NODE_ROLES", "gateway,storage"), available));
    assertThat(roles.happened).containsExactly("+storage", "+gateway");
    Outcome.of(node.stop());
  }

  @Test
  void aRoleThatDoesNotStartLeavesNothingRunning() {
    List<NodeRole> withBroken =
        List.of(
            roles.wellBehaved("storage", 10),
            roles.thatDoesNotStart("catalog", 20),
            roles.wellBehaved("gateway", 90));
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    assertThatThrownBy(() -> Outcome.of(Node.start(Roles.config(), withBroken)))
        .hasMessage("port taken");
    assertThat(roles.happened).containsExactly("+storage", "+catalog", "-storage");
    await().until(() -> eventLoopsBeside(before).isEmpty());
  }

  @Test
  void aRoleThatThrowsIsARoleThatDoesNotStart() {
    List<NodeRole> withBroken =
        List.of(roles.wellBehaved("storage", 10), roles.thatThrows("catalog", 20));
    assertThatThrownBy(() -> Outcome.of(Node.start(Roles.config(), withBroken)))
        .hasMessage("thrown");
    assertThat(roles.happened).containsExactly("+storage", "-storage");
  }

  @Test
  void aRoleThatNeverStopsDoesNotHoldTheProcess() {
    List<NodeRole> stubborn =
        List.of(roles.wellBehaved("storage", 10), roles.thatNeverStops("gateway", 90));
    Node node = Outcome.of(Node.start(Roles.config(), stubborn));
    Outcome.of(node.stop(Duration.ofMillis(200), Duration.ofMillis(200)));
    assertThat(roles.happened).contains("-gateway");
  }

  private static List<Thread> eventLoopsBeside(Set<Thread> others) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("vert.x-eventloop"))
        .filter(thread -> !others.contains(thread))
        .toList();
  }

  @Test
  void theApisAddressIsKnownOnceItsRoleHasAnnouncedIt() {
    Node node = Outcome.of(Node.start(Roles.config(), available));
    assertThat(node.api()).isEmpty();
    Listeners.announce(node.vertx(), Listeners.HTTP, "127.0.0.1", 8001);
    assertThat(node.api()).contains(URI.create("http://127.0.0.1:8001"));
    Listeners.announce(node.vertx(), Listeners.HTTP, "0.0.0.0", 8001);
    assertThat(node.api()).contains(URI.create("http://127.0.0.1:8001"));
    Listeners.announce(node.vertx(), Listeners.HTTP, "::1", 8001);
    assertThat(node.api()).contains(URI.create("http://[::1]:8001"));
    Outcome.of(node.stop());
  }

  @Test
  void whetherTheBusReachesTheNodeIsAmongItsMetrics() {
    Node node = Outcome.of(Node.start(Roles.config(), available));
    assertThat(NodeMetrics.scrape(node.context().meters())).contains("movingdata_bus_healthy 1.0");
    Outcome.of(node.stop());
  }
}
