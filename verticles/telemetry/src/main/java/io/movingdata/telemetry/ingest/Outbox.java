package io.movingdata.telemetry.ingest;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.contract.InsightApi.OutboxPage;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.OutboxEntry;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** What waits in the catalog for the broker. */
public final class Outbox {
  /** Most facts that may wait, of all nodes. */
  static final int LIMIT = 200_000;

  private static final long LEASE_MS = 10_000;
  private static final int PAGE = InsightApi.MOST;

  private final Bus bus;
  private final String owner;
  private long lastMillis;
  private int sequence;
  private boolean waiting;

  /** {@code owner}: the node that sends. */
  public Outbox(Bus bus, String owner) {
    this.bus = bus;
    this.owner = owner;
  }

  /** Whether access events wait, as far as this node knows: then new ones wait behind them. */
  boolean waiting() {
    return waiting;
  }

  /** Adds events; completes once all of them are durable. */
  Future<Void> add(List<AccessEvent> events) {
    waiting = true;
    List<OutboxEntry> entries = events.stream().map(this::entry).toList();
    Future<Void> added = Future.succeededFuture();
    for (int from = 0; from < entries.size(); from += PAGE) {
      List<OutboxEntry> page = entries.subList(from, Math.min(entries.size(), from + PAGE));
      added = added.compose(done -> addPage(page));
    }
    return added;
  }

  private Future<Void> addPage(List<OutboxEntry> page) {
    return Retries.run(
            bus.vertx(),
            RetryPolicy.BUS,
            () -> bus.request(InsightApi.OUTBOX_ADD, new InsightApi.OutboxAdd(page, LIMIT)))
        .mapEmpty();
  }

  private OutboxEntry entry(AccessEvent event) {
    return new OutboxEntry(
        nextId(), OutboxEntry.Kind.ACCESS, event.fileId(), Json.toBuffer(event).toString());
  }

  /** Ids that rise, also within a millisecond. */
  private String nextId() {
    long now = System.currentTimeMillis();
    sequence = now > lastMillis ? 0 : sequence + 1;
    lastMillis = Math.max(now, lastMillis);
    return String.format("%012x-%08x%08x", lastMillis, sequence, owner.hashCode());
  }

  /** The oldest facts, where this node is the one that sends them. */
  Future<OutboxPage> oldest() {
    return bus.request(InsightApi.OUTBOX_CLAIM, new InsightApi.OutboxClaim(owner, LEASE_MS, PAGE))
        .onSuccess(page -> waiting = page.accessWaits());
  }

  /** Forgets facts that the broker has. */
  Future<Void> sent(List<OutboxEntry> entries) {
    List<String> ids = new ArrayList<>();
    entries.forEach(entry -> ids.add(entry.id()));
    return bus.request(InsightApi.OUTBOX_SENT, new InsightApi.OutboxSent(ids)).mapEmpty();
  }
}
