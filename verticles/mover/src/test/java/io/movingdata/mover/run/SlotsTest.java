package io.movingdata.mover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.CatalogApi.Route;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.Requester;
import io.movingdata.mover.state.MoveMachine;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private final Set<String> away = new HashSet<>();
  private final Slots slots = new Slots(3, Map.of("s3", 2, "gcs", 1), () -> away);

  private static MoveRecord move(String from, String target) {
    return MoveMachine.plan(
        "id",
        "a",
        MoveKind.MOVE,
        from,
        target,
        "c",
        5,
        null,
        new Requester("tester", List.of(), null),
        1,
        Instant.EPOCH);
  }

  @Test
  void noMoreMovesRunThanTheNodeMay() {
    assertThat(slots.take(move("x", "y"))).isTrue();
    assertThat(slots.take(move("x", "z"))).isTrue();
    assertThat(slots.take(move("x", "y"))).isTrue();
    assertThat(slots.take(move("x", "z"))).isFalse();
    assertThat(slots.running()).isEqualTo(3);
    assertThat(slots.free()).isZero();
  }

  @Test
  void aLocationsLimitCountsBothEnds() {
    assertThat(slots.take(move("s3", "gcs"))).isTrue();
    assertThat(slots.take(move("gcs", "azure"))).as("gcs is full").isFalse();
    assertThat(slots.take(move("azure", "s3"))).isTrue();
    assertThat(slots.take(move("s3", "azure"))).as("s3 is full").isFalse();
    slots.give(move("s3", "gcs"));
    assertThat(slots.take(move("gcs", "azure"))).isTrue();
  }

  @Test
  void oneRouteNeverTakesEverything() {
    assertThat(slots.take(move("x", "y"))).isTrue();
    assertThat(slots.take(move("x", "y"))).isTrue();
    assertThat(slots.take(move("x", "y"))).as("the last third is for others").isFalse();
    assertThat(slots.take(move("y", "x"))).isTrue();
  }

  @Test
  void nothingIsTransferredWhereTheProviderIsAway() {
    away.add("gcs");

    assertThat(slots.take(move("gcs", "s3"))).isFalse();
    assertThat(slots.take(move("s3", "gcs"))).isFalse();
    assertThat(slots.awayRoutes())
        .containsExactlyInAnyOrder(new Route("gcs", "s3"), new Route("s3", "gcs"));
    MoveRecord cancelled = MoveMachine.requestCancel(move("s3", "gcs"));
    assertThat(slots.take(cancelled)).as("a cancel needs no provider").isTrue();
    away.clear();
    assertThat(slots.awayRoutes()).isEmpty();
    assertThat(slots.take(move("s3", "azure"))).isTrue();
  }

  @Test
  void closedRoutesAreThoseWithoutRoom() {
    assertThat(slots.closedRoutes()).isEmpty();
    slots.take(move("s3", "gcs"));
    assertThat(slots.closedRoutes())
        .containsExactlyInAnyOrder(new Route("gcs", "s3"), new Route("s3", "gcs"));
    assertThat(slots.awayRoutes()).isEmpty();
  }
}
