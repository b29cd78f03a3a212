package io.movingdata.catalog;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi.BeginOnce;
import io.movingdata.core.contract.CatalogApi.FinishOnce;
import io.movingdata.core.contract.CatalogApi.Once;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Sees to it that a request with an idempotency key is carried out once. */
final class OnceService {
  /** How long a request without an answer is taken to be running still. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final Once NEW = new Once("new", 0, null, null);
  private static final Once RUNNING = new Once("running", 0, null, null);
  private static final Once MISMATCH = new Once("mismatch", 0, null, null);

  private final OnceRepository entries;
  private final Clock clock;

  OnceService(OnceRepository entries, Clock clock) {
    this.entries = entries;
    this.clock = clock;
  }

  /** Carries out {@code CatalogApi.BEGIN_ONCE}. */
  Future<Once> begin(BeginOnce request) {
    if (request.bodyHash() == null || request.ttlMs() < 1) {
      throw MovingDataException.invalid("body_hash", "and a time to live must be given");
    }
    Instant now = clock.instant();
    OnceEntry taken =
        new OnceEntry(
            hash(request.key()),
            0,
            request.bodyHash(),
            request.owner(),
            false,
            0,
            null,
            null,
            now.plus(LEASE),
            now.plusMillis(request.ttlMs()));
    return CasLoop.run(
        () ->
            entries
                .insert(taken)
                .compose(
                    inserted ->
                        inserted.isPresent()
                            ? Future.succeededFuture(Optional.of(NEW))
                            : besides(taken, now)));
  }

  /** What becomes of a request whose key is taken; empty when that has just changed. */
  private Future<Optional<Once>> besides(OnceEntry taken, Instant now) {
    return entries
        .get(taken.keyHash())
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Future.succeededFuture(Optional.empty());
              }
              OnceEntry first = found.get();
              boolean expired = !first.expiresAt().isAfter(now);
              if (!expired && !first.bodyHash().equals(taken.bodyHash())) {
                return Future.succeededFuture(Optional.of(MISMATCH));
              }
              if (!expired && first.finished()) {
                return Future.succeededFuture(
                    Optional.of(
                        new Once("finished", first.status(), first.location(), first.body())));
              }
              if (!expired && first.leaseUntil().isAfter(now)) {
                return Future.succeededFuture(Optional.of(RUNNING));
              }
              return entries
                  .replace(taken.atVersion(first.version()))
                  .map(replaced -> replaced.map(entry -> NEW));
            });
  }

  /** Carries out {@code CatalogApi.FINISH_ONCE}. An answer that was recorded stays. */
  Future<Done> finish(FinishOnce request) {
    String key = hash(request.key());
    return CasLoop.run(() -> entries.get(key).compose(found -> finish(found, request)));
  }

  private Future<Optional<Done>> finish(Optional<OnceEntry> found, FinishOnce request) {
    if (found.isEmpty() || found.get().finished()) {
      return Future.succeededFuture(Optional.of(Done.DONE));
    }
    OnceEntry entry = found.get();
    Future<Boolean> changed =
        request.status() == 0
            ? entries.remove(entry)
            : entries
                .replace(entry.answered(request.status(), request.location(), request.body()))
                .map(Optional::isPresent);
    return changed.map(done -> done ? Optional.of(Done.DONE) : Optional.empty());
  }

  private static String hash(String key) {
    if (key == null || key.isEmpty()) {
      throw MovingDataException.invalid("key", "is missing");
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
