package io.movingdata.consistency.pass;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.consistency.fixture.FakeCatalog;
import io.movingdata.consistency.fixture.Nodes;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.model.Pass;
import io.movingdata.core.model.Requester;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassBookTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Requester WHO = new Requester("olga", List.of("system"), "r");

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final FakeCatalog catalog = new FakeCatalog(bus);
  private final PassBook book = new PassBook(Nodes.node(bus, "a", 1));

  @BeforeEach
  void start() {
    outcome(catalog.start());
  }

  @AfterEach
  void stop() {
    outcome(vertx.close());
  }

  private static Pass pass(Pass.Kind kind, int minute) {
    return Shards.plan(kind, true, false, WHO, Nodes.LOCATIONS, NOW.plusSeconds(60L * minute));
  }

  private void end(Pass pass, int minute) {
    Instant then = NOW.plusSeconds(60L * minute);
    assertThat(
            outcome(book.change(pass.kind(), pass.id(), p -> Optional.of(Shards.cancel(p, then)))))
        .isPresent();
  }

  @Test
  void aLightAndADeepPassRunBesideEachOtherAndNoTwoOfAKind() {
    Pass deep = pass(Pass.Kind.DEEP, 0);
    Pass light = pass(Pass.Kind.LIGHT, 1);
    assertThat(outcome(book.begin(deep))).isTrue();
    assertThat(outcome(book.begin(light))).isTrue();
    assertThat(outcome(book.begin(pass(Pass.Kind.DEEP, 2)))).isFalse();
    assertThat(outcome(book.begin(pass(Pass.Kind.LIGHT, 2)))).isFalse();
    assertThat(outcome(book.latest())).containsExactly(light, deep);

    end(light, 3);
    assertThat(outcome(book.latest()).get(0)).as("what runs comes first").isEqualTo(deep);
    assertThat(outcome(book.get(null))).contains(deep);
    assertThat(outcome(book.begin(pass(Pass.Kind.LIGHT, 4)))).isTrue();
    assertThat(outcome(book.get(light.id())).map(Pass::cancelled)).contains(true);
    assertThat(outcome(book.get("deep"))).contains(deep);
    assertThat(outcome(book.get("light")).map(Pass::running)).contains(true);
    assertThat(outcome(book.get("another"))).isEmpty();
  }

  @Test
  void manyLightPassesDoNotMakeALongPastDeepOneForgotten() {
    Pass deep = pass(Pass.Kind.DEEP, 0);
    outcome(book.begin(deep));
    end(deep, 1);
    Pass last = null;
    for (int i = 2; i < 62; i++) {
      last = pass(Pass.Kind.LIGHT, i);
      outcome(book.begin(last));
      end(last, i);
    }
    List<Pass> past = outcome(book.past());
    assertThat(past).hasSize(26);
    assertThat(past.get(0).id()).isEqualTo(last.id());
    assertThat(past.get(25).id()).isEqualTo(deep.id());
    assertThat(outcome(book.get(deep.id()))).isPresent();
  }
}
