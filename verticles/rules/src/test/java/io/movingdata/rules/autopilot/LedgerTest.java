package io.movingdata.rules.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.model.RuleSet;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Instant NOW = Instant.parse("2026-03-04T23:50:00Z");
  private static final RuleSet RULES =
      new RuleSet(1, 180, 3, 0.5, 0.9, 0.2, 14, 1.5, 90, 0.2, 7, 2, 1, 10, null, null);

  @Test
  void budgetsHoldAndBeginAnewWithTheHourAndTheDay() {
    Ledger ledger = Ledger.fresh().at(NOW);
    assertThat(ledger.allows(RULES, 0.6, 6)).isTrue();
    ledger = ledger.started(0.6, 6);
    assertThat(ledger.at(NOW).allows(RULES, 0.6, 1)).as("money").isFalse();
    assertThat(ledger.at(NOW).allows(RULES, 0.1, 6)).as("bytes").isFalse();
    ledger = ledger.at(NOW).started(0.1, 1);
    assertThat(ledger.at(NOW).allows(RULES, 0, 0)).as("moves").isFalse();
    Instant nextHour = NOW.plus(Duration.ofMinutes(11));
    assertThat(ledger.at(nextHour).allows(RULES, 0.9, 9)).isTrue();
    assertThat(ledger.at(nextHour).usd()).isZero();
  }

  @Test
  void oneNodeSweepsAtATime() {
    Ledger held = Ledger.fresh().heldBy("a", NOW.plusSeconds(60));
    assertThat(held.taken("b", NOW)).isTrue();
    assertThat(held.taken("a", NOW)).isFalse();
    assertThat(held.taken("b", NOW.plusSeconds(61))).isFalse();
    assertThat(held.sweptAt(NOW, 5).taken("b", NOW)).isFalse();
  }
}
