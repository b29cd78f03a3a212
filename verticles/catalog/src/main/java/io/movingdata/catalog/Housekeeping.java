package io.movingdata.catalog;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what is over, about every five minutes on every node. Each removal names the version that
 * it saw, so nothing that has come alive again is lost.
 */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final long INTERVAL_MS = 300_000;

  private final Clock clock;
  private final List<Function<Instant, Future<Void>>> kinds;

  /** {@code kinds}: each forgets what is over at a time. */
  Housekeeping(Clock clock, List<Function<Instant, Future<Void>>> kinds) {
    this.clock = clock;
    this.kinds = List.copyOf(kinds);
  }

  /** Starts the timer, at a time of its own so that nodes do not all begin together. */
  long start(Vertx vertx) {
    long first = 1 + ThreadLocalRandom.current().nextLong(INTERVAL_MS);
    return vertx.setPeriodic(first, INTERVAL_MS, tick -> run());
  }

  /** Forgets everything that is over now; one kind after the other. */
  Future<Void> run() {
    Instant now = clock.instant();
    Future<Void> all = Future.succeededFuture();
    for (Function<Instant, Future<Void>> kind : kinds) {
      all = all.compose(done -> kind.apply(now));
    }
    return all.onFailure(Housekeeping::report);
  }

  private static void report(Throwable failure) {
    if (!MovingDataException.is(failure, ErrorCode.CATALOG_DOWN)) {
      LOG.warn("housekeeping failed; it is tried again in five minutes", failure);
    }
  }
}
