package io.movingdata.consistency.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.model.Pass;
import io.movingdata.core.model.PassShard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShardsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(15);

  private static Pass pass(boolean insist) {
    return new Pass(
        "p",
        Pass.Kind.LIGHT,
        true,
        insist,
        "somebody",
        NOW,
        null,
        false,
        List.of(PassShard.fresh("s3", 0, 1, NOW), PassShard.fresh("gcs", 0, 1, NOW)));
  }

  private static Tally tally(long examined, long bad) {
    return new Tally("cursor", examined, 0, bad, bad, 0);
  }

  @Test
  void oneNodeWorksOnAShardUntilItsLeaseEnds() {
    Pass claimed = Shards.claim(pass(false), "s3", "one", NOW, LEASE).orElseThrow();
    assertThat(Shards.claim(claimed, "s3", "two", NOW.plusSeconds(14), LEASE)).isEmpty();
    Pass taken = Shards.claim(claimed, "s3", "two", NOW.plusSeconds(16), LEASE).orElseThrow();
    assertThat(Shards.progress(taken, "s3", "one", tally(1, 0), NOW, LEASE)).isEmpty();
    assertThat(Shards.end(taken, "s3", "one", tally(1, 0), 5, NOW)).isEmpty();
    assertThat(Shards.progress(taken, "s3", "two", tally(1, 0), NOW, LEASE)).isPresent();
  }

  @Test
  void whoTakesAShardOverGoesOnWhereItStood() {
    Pass claimed = Shards.claim(pass(false), "s3", "one", NOW, LEASE).orElseThrow();
    Pass further = Shards.progress(claimed, "s3", "one", tally(500, 2), NOW, LEASE).orElseThrow();
    Pass taken = Shards.claim(further, "s3", "two", NOW.plusSeconds(60), LEASE).orElseThrow();
    assertThat(Tally.of(taken.shard("s3"))).isEqualTo(tally(500, 2));
  }

  @Test
  void aPassEndsWithItsLastShard() {
    Pass one = ended(pass(false), "s3", 10, 0);
    assertThat(one.running()).isTrue();
    Pass both = ended(one, "gcs", 10, 0);
    assertThat(both.running()).isFalse();
    assertThat(both.finishedAt()).isEqualTo(NOW);
  }

  private static Pass ended(Pass pass, String name, long examined, long bad) {
    Pass claimed = Shards.claim(pass, name, "one", NOW, LEASE).orElseThrow();
    return Shards.end(claimed, name, "one", tally(examined, bad), 5, NOW).orElseThrow();
  }

  @Test
  void theBreakerTripsAboveItsShareAndNotForAFew() {
    assertThat(ended(pass(false), "s3", 100, 6).shard("s3").state())
        .isEqualTo(PassShard.State.BREAKER);
    assertThat(ended(pass(false), "s3", 100, 5).shard("s3").state())
        .isEqualTo(PassShard.State.DONE);
    assertThat(ended(pass(false), "s3", 4, 4).shard("s3").state()).isEqualTo(PassShard.State.DONE);
    assertThat(ended(pass(true), "s3", 100, 100).shard("s3").state())
        .isEqualTo(PassShard.State.DONE);
  }

  @Test
  void aLocationThatDoesNotAnswerIsTriedLaterAndThenLeft() {
    Pass pass = pass(false);
    Instant at = NOW;
    for (int tried = 1; tried <= Shards.MOST_TRIES; tried++) {
      Pass claimed = Shards.claim(pass, "s3", "one", at, LEASE).orElseThrow();
      pass =
          Shards.unreachable(claimed, "s3", "one", tally(0, 0), "away", at, Duration.ofSeconds(1))
              .orElseThrow();
      boolean last = tried == Shards.MOST_TRIES;
      assertThat(pass.shard("s3").state())
          .isEqualTo(last ? PassShard.State.UNREACHABLE : PassShard.State.RUNNING);
      assertThat(pass.shard("s3").detail()).isEqualTo("away");
      Instant now = at;
      Optional<PassShard> free = Shards.free(pass, now);
      assertThat(free.map(PassShard::name)).contains("gcs");
      at = at.plus(Duration.ofMinutes(1));
    }
    assertThat(ended(pass, "gcs", 1, 0).running()).isFalse();
  }

  @Test
  void cancellingEndsWhatHasNotEndedAndKeepsWhatHas() {
    Pass pass = Shards.cancel(ended(pass(false), "s3", 10, 0), NOW);
    assertThat(pass.running()).isFalse();
    assertThat(pass.cancelled()).isTrue();
    assertThat(pass.shard("s3").state()).isEqualTo(PassShard.State.DONE);
    assertThat(pass.shard("gcs").state()).isEqualTo(PassShard.State.CANCELLED);
  }
}
