package io.movingdata.core.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.movingdata.core.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The judge finds nothing in healthy histories, and in damaged ones exactly the damage. */
class JudgeTest {
  private static final int SEEDS = 300;

  static List<Damage> damages() {
    return Damage.all();
  }

  @Test
  void healthyHistoriesBreakNoRule() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(Judge.judge(Histories.of(seed).evidence())).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void aLogThatBeganLateOrMissesAProviderAccusesNobody() {
    for (long seed = 0; seed < SEEDS; seed++) {
      World world = Histories.of(seed);
      String missing = world.pick(World.LOCATIONS);
      int late = world.random.nextInt(world.requests.size());
      world.requests.removeIf(r -> r.kind().stores() && r.location().equals(missing));
      world.requests.subList(0, Math.min(late, world.requests.size())).clear();
      assertThat(Judge.judge(world.evidence())).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("damages")
  void eachDamageIsNamedAndNothingElse(Damage damage) {
    for (long seed = 0; seed < SEEDS; seed += 25) {
      World world = Histories.of(seed);
      String subject = damage.plant().apply(world);
      assertThat(Judge.judge(world.evidence()))
          .as("seed %d", seed)
          .extracting(Violation::rule, Violation::subject)
          .containsExactly(tuple(damage.rule(), subject));
    }
  }

  @Test
  void everyRuleHasADamage() {
    Set<Rule> tried = damages().stream().map(Damage::rule).collect(Collectors.toSet());
    assertThat(tried).containsExactlyInAnyOrder(Rule.values());
  }

  @Test
  void manyDamagesAtOnceAreAllNamedInAStableOrder() {
    World world = Histories.of(7);
    List<Damage> damages = damages();
    List<String> subjects = damages.stream().map(d -> d.plant().apply(world)).toList();
    world.limits = Limits.atRest(world.limits.stale());
    Evidence evidence = world.evidence();
    List<Violation> verdict = Judge.judge(evidence);
    assertThat(verdict).isSorted().extracting(Violation::subject).containsAll(subjects);
    for (long seed : LongStream.range(0, 10).toArray()) {
      assertThat(Judge.judge(shuffled(evidence, new Random(seed)))).isEqualTo(verdict);
    }
  }

  private static Evidence shuffled(Evidence evidence, Random random) {
    CatalogDump catalog = evidence.catalog();
    return new Evidence(
        evidence.takenAt(),
        evidence.limits(),
        new CatalogDump(
            shuffled(catalog.files(), random),
            shuffled(catalog.intents(), random),
            shuffled(catalog.markers(), random),
            shuffled(catalog.garbage(), random),
            catalog.activeMoves(),
            shuffled(catalog.pastMoves(), random)),
        shuffled(evidence.stores(), random),
        evidence.requests(),
        evidence.history(),
        evidence.earlier());
  }

  private static <T> List<T> shuffled(List<T> list, Random random) {
    List<T> copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy;
  }

  @Test
  void evidenceKeepsAsJson() throws Exception {
    Evidence evidence = Histories.of(3).evidence();
    byte[] json = Json.mapper().writeValueAsBytes(evidence);
    assertThat(Json.mapper().readValue(json, Evidence.class)).isEqualTo(evidence);
  }
}
