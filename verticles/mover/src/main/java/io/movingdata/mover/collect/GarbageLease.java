package io.movingdata.mover.collect;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.model.Garbage;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * An entry in a collector's hands: its lease is renewed until it is settled, so that it may be
 * short, and another node takes the entry over soon after a crash.
 */
final class GarbageLease {
  private final Bus bus;
  private final String owner;
  private final Duration lease;
  private final long timer;
  private Garbage entry;
  private Future<Void> renewed = Future.succeededFuture();

  GarbageLease(Bus bus, String owner, Duration lease, Garbage leased) {
    this.bus = bus;
    this.owner = owner;
    this.lease = lease;
    this.entry = leased;
    this.timer = bus.vertx().setPeriodic(Math.max(1, lease.toMillis() / 3), fired -> renew());
  }

  Garbage entry() {
    return entry;
  }

  private void renew() {
    renewed = renewed.compose(before -> renewOnce()).otherwiseEmpty();
  }

  private Future<Void> renewOnce() {
    CatalogApi.RenewGarbage request =
        new CatalogApi.RenewGarbage(entry.copyId(), entry.version(), owner, lease.toMillis());
    return bus.request(CatalogApi.RENEW_GARBAGE, request)
        .map(
            answer -> {
              answer.entries().forEach(prolonged -> entry = prolonged);
              return null;
            });
  }

  /** Ends the lease: the entry waits until a time. */
  Future<Void> postpone(Instant dueAt, String why) {
    return end(() -> settle(dueAt, why));
  }

  /** Ends the lease: the entry goes. */
  Future<Void> remove() {
    return end(() -> settle(null, null));
  }

  /** Ends the lease: the entry goes, although its file references the copy. */
  Future<Void> forget() {
    return end(
        () ->
            bus.request(
                    CatalogApi.FORGET_GARBAGE,
                    new CatalogApi.ForgetGarbage(entry.copyId(), entry.version()))
                .mapEmpty());
  }

  private Future<Void> settle(Instant dueAt, String why) {
    return bus.request(
            CatalogApi.SETTLE_GARBAGE,
            new CatalogApi.SettleGarbage(entry.copyId(), entry.version(), dueAt, why))
        .mapEmpty();
  }

  /** A renewal that is under way comes first: it changes the entry's version. */
  private Future<Void> end(Supplier<Future<Void>> last) {
    bus.vertx().cancelTimer(timer);
    return renewed.compose(settled -> last.get());
  }
}
