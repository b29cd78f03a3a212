package io.movingdata.catalog;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.InsightApi.OutboxAdd;
import io.movingdata.core.contract.InsightApi.OutboxClaim;
import io.movingdata.core.contract.InsightApi.OutboxPage;
import io.movingdata.core.contract.InsightApi.OutboxSent;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.OutboxEntry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Keeps facts until the event broker has them. */
final class OutboxService {
  private static final long RETRY_MS = 5_000;

  private final OutboxRepository outbox;

  OutboxService(OutboxRepository outbox) {
    this.outbox = outbox;
  }

  /** Carries out {@code InsightApi.OUTBOX_ADD}. */
  Future<Done> add(OutboxAdd request) {
    Ids.several(request.entries()).forEach(entry -> Ids.time("id", entry.id()));
    return outbox
        .count()
        .compose(
            waiting -> {
              if (waiting + request.entries().size() > request.limit()) {
                throw MovingDataException.of(
                        ErrorCode.OVERLOADED,
                        "the outbox is full: " + waiting + " facts wait for the event broker")
                    .withRetryAfterMs(RETRY_MS);
              }
              return outbox.add(request.entries());
            })
        .map(Done.DONE);
  }

  /** Carries out {@code InsightApi.OUTBOX_CLAIM}. */
  Future<OutboxPage> claim(OutboxClaim request) {
    if (request.owner() == null || request.leaseMs() < 1) {
      throw MovingDataException.invalid("owner", "and lease_ms must be given");
    }
    int limit = Ids.limit(request.limit());
    Future<Boolean> held = outbox.hold(request.owner(), Duration.ofMillis(request.leaseMs()));
    return held.compose(
            mine -> mine ? outbox.oldest(limit) : Future.succeededFuture(List.<OutboxEntry>of()))
        .compose(
            page ->
                outbox
                    .holds(OutboxEntry.Kind.ACCESS)
                    .map(access -> new OutboxPage(held.result(), access, page)));
  }

  /** Carries out {@code InsightApi.OUTBOX_SENT}. */
  Future<Done> sent(OutboxSent request) {
    Ids.several(request.ids()).forEach(id -> Ids.time("id", id));
    return outbox.remove(request.ids()).map(Done.DONE);
  }
}
