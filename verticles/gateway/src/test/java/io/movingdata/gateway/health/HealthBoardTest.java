package io.movingdata.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.CatalogApi.CatalogStatus;
import io.movingdata.core.contract.Events.NodeTick;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthBoardTest {
  private final HealthBoard board = new HealthBoard(List.of());

  @Test
  void theStatusFollowsCatalogAndLocations() {
    board.location("s3", new Reach(true, 1, null));
    board.location("gcs", new Reach(false, -1, "away"));
    assertThat(board.status()).isEqualTo("down");
    assertThat(board.ready()).isFalse();

    board.catalog(new CatalogStatus(true, 1, 1, null));
    assertThat(board.status()).isEqualTo("degraded");
    assertThat(board.ready()).isTrue();

    board.location("gcs", new Reach(true, 2, null));
    assertThat(board.status()).isEqualTo("ok");
  }

  @Test
  void aNodeThatFallsSilentIsForgotten() {
    NodeTick tick = new NodeTick("n1", "h", List.of(), 1, "1", Instant.EPOCH);
    board.node(tick, 0);

    assertThat(board.nodes(9_000_000_000L)).containsExactly(tick);
    assertThat(board.nodes(11_000_000_000L)).isEmpty();
  }
}
