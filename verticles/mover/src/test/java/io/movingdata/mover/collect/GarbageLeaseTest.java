package io.movingdata.mover.collect;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.model.Garbage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A garbage entry in a collector's hands, against a catalog of one entry. */
class GarbageLeaseTest {
  private static final Duration LEASE = Duration.ofMillis(30);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final AtomicInteger renewals = new AtomicInteger();
  private final AtomicReference<CatalogApi.SettleGarbage> settled = new AtomicReference<>();
  private volatile boolean taken;

  @BeforeEach
  void serve() {
    outcome(bus.serve(CatalogApi.RENEW_GARBAGE, this::renew));
    outcome(
        bus.serve(
            CatalogApi.SETTLE_GARBAGE,
            request -> {
              settled.set(request);
              return Future.succeededFuture(Done.DONE);
            }));
  }

  @AfterEach
  void stop() {
    outcome(vertx.close());
  }

  private Future<CatalogApi.GarbageList> renew(CatalogApi.RenewGarbage request) {
    renewals.incrementAndGet();
    assertThat(request.leaseMs()).isEqualTo(LEASE.toMillis());
    List<Garbage> entries = taken ? List.of() : List.of(entry(request.version() + 1));
    return Future.succeededFuture(new CatalogApi.GarbageList(entries));
  }

  private static Garbage entry(long version) {
    return new Garbage(
        "c".repeat(32),
        version,
        "a",
        "s3",
        "key",
        null,
        null,
        "moved",
        Instant.EPOCH,
        1,
        "node-a",
        Instant.EPOCH,
        null,
        Instant.EPOCH,
        null,
        null);
  }

  private GarbageLease lease() {
    return new GarbageLease(bus, "node-a", LEASE, entry(1));
  }

  @Test
  void aLeaseIsRenewedUntilTheEntryIsSettledAtTheVersionThatTheRenewalsMade() {
    GarbageLease held = lease();
    await().until(() -> renewals.get() >= 3);
    outcome(held.remove());
    int before = renewals.get();
    assertThat(settled.get().version()).isEqualTo(1 + before);
    assertThat(settled.get().dueAt()).isNull();
    outcome(vertx.timer(10 * LEASE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS));
    assertThat(renewals).as("renewed no more").hasValue(before);
  }

  @Test
  void anEntryThatSomebodyElseTookIsSettledAtItsOldVersionAndSoNotAtAll() {
    taken = true;
    GarbageLease held = lease();
    await().until(() -> renewals.get() >= 1);
    outcome(held.postpone(Instant.MAX, "why"));
    assertThat(settled.get().version()).isEqualTo(1);
    assertThat(settled.get().error()).isEqualTo("why");
  }
}
