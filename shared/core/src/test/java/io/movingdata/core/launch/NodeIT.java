package io.movingdata.core.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.Outcome;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.Events.NodeTick;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Two whole nodes of one cluster. */
class NodeIT {
  private final Roles roles = new Roles();
  private final String cluster = "test-" + UUID.randomUUID();

  private NodeConfig config(String id) {
    return Roles.config(
        "NODE_ID", id, "CLUSTER_ENABLED", "1", "CLUSTER_PORT", "0", "CLUSTER_NAME", cluster);
  }

  @Test
  void aNodeTellsTheOthersThatItIsAliveAndWhatItRuns() {
    Node first = Outcome.of(Node.start(config("node-1"), List.of()));
    List<NodeTick> ticks = new CopyOnWriteArrayList<>();
    Outcome.of(new Bus(first.vertx()).subscribe(Events.NODE, ticks::add));
    Node second =
        Outcome.of(
            Node.start(
                config("node-2"),
                List.of(roles.wellBehaved("mover", 30), roles.wellBehaved("catalog", 20))));
    try {
      await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(
              () -> assertThat(ticks).extracting(NodeTick::nodeId).contains("node-1", "node-2"));
      assertThat(ticks)
          .filteredOn(tick -> tick.nodeId().equals("node-2"))
          .allSatisfy(
              tick -> {
                assertThat(tick.roles()).containsExactly("catalog", "mover");
                assertThat(tick.version()).isEqualTo(Version.CURRENT).matches("\\d+\\.\\d+.*");
                assertThat(tick.host()).isNotBlank();
              });
    } finally {
      Outcome.of(second.stop());
      Outcome.of(first.stop());
    }
  }
}
