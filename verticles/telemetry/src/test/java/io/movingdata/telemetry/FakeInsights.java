package io.movingdata.telemetry;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.OutboxEntry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** What the catalog keeps for telemetry, in memory; it can be away. Shared by several nodes. */
final class FakeInsights {
  final Map<String, AccessEvent> events = new ConcurrentHashMap<>();
  final Map<String, FileInsight> insights = new ConcurrentHashMap<>();
  final ConcurrentSkipListMap<String, OutboxEntry> outbox = new ConcurrentSkipListMap<>();
  volatile boolean away;
  private volatile String holder;
  private volatile long heldUntil;

  Future<?> serve(Bus bus) {
    return Future.all(
        List.of(
            bus.serve(InsightApi.PLACEMENTS, q -> here(() -> new InsightApi.Placements(List.of()))),
            bus.serve(InsightApi.APPEND_EVENTS, q -> here(() -> append(q))),
            bus.serve(InsightApi.GET_INSIGHTS, q -> here(() -> get(q))),
            bus.serve(InsightApi.SAVE_WINDOWS, q -> here(() -> save(q))),
            bus.serve(InsightApi.OUTBOX_ADD, q -> here(() -> add(q))),
            bus.serve(InsightApi.OUTBOX_CLAIM, q -> here(() -> claim(q))),
            bus.serve(InsightApi.OUTBOX_SENT, q -> here(() -> sent(q)))));
  }

  private <T> Future<T> here(Supplier<T> answer) {
    return away
        ? Future.failedFuture(MovingDataException.of(ErrorCode.CATALOG_DOWN, "away"))
        : Future.succeededFuture(answer.get());
  }

  private Done append(InsightApi.EventBatch batch) {
    batch.events().forEach(event -> events.putIfAbsent(event.eventId(), event));
    return Done.DONE;
  }

  private InsightApi.Insights get(InsightApi.FileIdList ids) {
    List<FileInsight> found = new ArrayList<>();
    for (String id : ids.ids()) {
      FileInsight one = insights.get(id);
      if (one != null) {
        found.add(one);
      }
    }
    return new InsightApi.Insights(found);
  }

  private Done save(InsightApi.WindowBatch batch) {
    batch
        .files()
        .forEach(
            use ->
                insights.put(
                    use.fileId(),
                    new FileInsight(
                        use.fileId(), 1, use.history(), use.windows(), null, List.of(), use.at())));
    return Done.DONE;
  }

  private Done add(InsightApi.OutboxAdd request) {
    if (outbox.size() + request.entries().size() > request.limit()) {
      throw MovingDataException.of(ErrorCode.OVERLOADED, "full");
    }
    request.entries().forEach(entry -> outbox.put(entry.id(), entry));
    return Done.DONE;
  }

  private synchronized InsightApi.OutboxPage claim(InsightApi.OutboxClaim request) {
    boolean access = outbox.values().stream().anyMatch(e -> e.kind() == OutboxEntry.Kind.ACCESS);
    long now = System.nanoTime();
    if (holder != null && !holder.equals(request.owner()) && now - heldUntil < 0) {
      return new InsightApi.OutboxPage(false, access, List.of());
    }
    holder = request.owner();
    heldUntil = now + request.leaseMs() * 1_000_000;
    return new InsightApi.OutboxPage(
        true, access, outbox.values().stream().limit(request.limit()).toList());
  }

  private Done sent(InsightApi.OutboxSent request) {
    request.ids().forEach(outbox::remove);
    return Done.DONE;
  }
}
