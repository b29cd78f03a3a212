package io.movingdata.consistency.pass;

import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.model.Pass;
import io.movingdata.core.model.PassShard;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a pass is due: its interval after the last one of its kind, whatever the other kind does;
 * sooner where a location could not be reached then. A node that has just started waits a little
 * before the first.
 */
record Schedule(NodeConfig.Consistency config, Instant startedAt) {
  private static final Duration SETTLE = Duration.ofMinutes(1);
  private static final Duration SETTLE_DEEP = Duration.ofHours(1);
  private static final Duration CATCH_UP = Duration.ofMinutes(1);

  /**
   * Whether a pass of a kind is due.
   *
   * @param last the one of that kind that runs or ran last
   */
  boolean due(Pass.Kind kind, Optional<Pass> last, Instant now) {
    boolean light = kind == Pass.Kind.LIGHT;
    long intervalMs = light ? config.lightIntervalMs() : config.deepIntervalMs();
    if (intervalMs == 0 || last.filter(Pass::running).isPresent()) {
      return false;
    }
    Duration interval = Duration.ofMillis(intervalMs);
    if (last.isEmpty()) {
      return !now.isBefore(startedAt.plus(shorter(light ? SETTLE : SETTLE_DEEP, interval)));
    }
    boolean whole =
        last.get().shards().stream().noneMatch(s -> s.state() == PassShard.State.UNREACHABLE);
    return !now.isBefore(
        last.get().finishedAt().plus(whole ? interval : shorter(CATCH_UP, interval)));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
