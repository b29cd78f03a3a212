package io.movingdata.catalog;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
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
  private final Retention retention;
  private final FileRepository files;
  private final CopyRepository copies;
  private final MoveRepository moves;
  private final JobRepository jobs;
  private final AuditRepository audit;
  private final OnceRepository once;

  Housekeeping(
      Clock clock,
      Retention retention,
      FileRepository files,
      CopyRepository copies,
      MoveRepository moves,
      JobRepository jobs,
      AuditRepository audit,
      OnceRepository once) {
    this.clock = clock;
    this.retention = retention;
    this.files = files;
    this.copies = copies;
    this.moves = moves;
    this.jobs = jobs;
    this.audit = audit;
    this.once = once;
  }

  /** Starts the timer, at a time of its own so that nodes do not all begin together. */
  long start(Vertx vertx) {
    long first = 1 + ThreadLocalRandom.current().nextLong(INTERVAL_MS);
    return vertx.setPeriodic(first, INTERVAL_MS, tick -> run());
  }

  /** Forgets everything that is over now; one kind after the other. */
  Future<Void> run() {
    Instant now = clock.instant();
    List<Supplier<Future<Void>>> kinds =
        List.of(
            () -> files.purgeTombstones(now.minus(retention.tombstones())),
            () -> copies.purgeMarkers(now.minus(retention.tombstones())),
            () -> jobs.purgeFinished(now.minus(retention.moves())),
            () -> once.purgeExpired(now),
            () -> moves.dropBefore(day(now, retention.moves())),
            () -> audit.dropBefore(day(now, retention.audit())));
    Future<Void> all = Future.succeededFuture();
    for (Supplier<Future<Void>> kind : kinds) {
      all = all.compose(done -> kind.get());
    }
    return all.onFailure(Housekeeping::report);
  }

  private static LocalDate day(Instant now, Duration kept) {
    return now.minus(kept).atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static void report(Throwable failure) {
    if (!MovingDataException.is(failure, ErrorCode.CATALOG_DOWN)) {
      LOG.warn("housekeeping failed; it is tried again in five minutes", failure);
    }
  }
}
