package io.movingdata.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.movingdata.core.Outcome;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.junit.jupiter.api.Test;

class NodeMetricsTest {
  @Test
  void ourOwnTheJvmsAndVertxsFiguresAreInOneText() {
    try (NodeMetrics metrics = new NodeMetrics()) {
      Vertx vertx = metrics.instrument(Vertx.builder(), new VertxOptions()).build();
      try {
        metrics.registry().counter("movingdata.moves.total").increment();
        Outcome.of(vertx.executeBlocking(() -> "some work"));
        assertThat(NodeMetrics.scrape(metrics.registry()))
            .contains("movingdata_moves_total 1.0")
            .contains("jvm_memory_used_bytes{")
            .contains("vertx_pool_completed_total{");
      } finally {
        Outcome.of(vertx.close());
      }
    }
  }

  @Test
  void aRegistryOfAnotherKindHasNothingToSay() {
    assertThat(NodeMetrics.scrape(new SimpleMeterRegistry())).isEmpty();
  }
}
