package io.movingdata.consistency.mirror;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.contract.DeliveryApi;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Delivery;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingId;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks mirrors that can be asked what they hold of each file, a few at a time, and goes on where it
 * was after a crash. Other content at the version that it took is a finding; an older version, or
 * nothing, is told again. A mirror that does not answer is no difference: it is asked later.
 */
final class Comparer {
  private static final Logger LOG = LoggerFactory.getLogger(Comparer.class);
  private static final int PAGE = 100;
  private static final int AT_ONCE = 4;
  private static final String BY = "mirror comparison";

  private final Bus bus;
  private final Clock clock;
  private final long everyMs;
  private final List<Endpoint> mirrors;
  private final MirrorBook book;
  private final Deliveries deliveries;
  private final Teller teller;
  private final Map<String, Future<Void>> running = new HashMap<>();

  Comparer(
      NodeContext node,
      List<Endpoint> mirrors,
      MirrorBook book,
      Deliveries deliveries,
      Teller teller) {
    this.bus = node.bus();
    this.clock = node.clock();
    this.everyMs = node.config().replication().mirrorCompareMs();
    this.mirrors = mirrors.stream().filter(mirror -> mirror.getUrl() != null).toList();
    this.book = book;
    this.deliveries = deliveries;
    this.teller = teller;
  }

  /** Begins, or goes on with, what is due. */
  void begin(BooleanSupplier mayGoOn) {
    for (Endpoint mirror : mirrors) {
      boolean idle = running.getOrDefault(mirror.name(), Future.succeededFuture()).isComplete();
      if (idle && due(mirror.name())) {
        running.put(
            mirror.name(),
            page(mirror, mayGoOn)
                .onFailure(f -> LOG.info("{} is compared later: {}", mirror, f.getMessage()))
                .otherwiseEmpty());
      }
    }
  }

  private boolean due(String name) {
    MirrorState state = book.state(name);
    Instant last = state.comparedAt();
    boolean time = last == null || !last.plusMillis(everyMs).isAfter(clock.instant());
    return everyMs > 0 && (state.comparing() || time) && !book.circuit(name).broken();
  }

  private Future<Void> page(Endpoint mirror, BooleanSupplier mayGoOn) {
    if (!mayGoOn.getAsBoolean() || book.circuit(mirror.name()).broken()) {
      return Future.succeededFuture();
    }
    String cursor = book.state(mirror.name()).compareCursor();
    return bus.request(
            CatalogApi.LIST_FILES,
            new CatalogApi.FileQuery(null, null, null, "id", PAGE, cursor, false))
        .compose(page -> compare(mirror, page.files()).map(page))
        .compose(
            page -> {
              book.change(
                  mirror.name(),
                  state ->
                      page.next() == null
                          ? state.compared(clock.instant())
                          : state.comparing(page.next()));
              return page.next() == null ? Future.succeededFuture() : page(mirror, mayGoOn);
            });
  }

  private Future<Void> compare(Endpoint mirror, List<FileRecord> files) {
    List<String> ids = files.stream().map(FileRecord::id).toList();
    return bus.request(DeliveryApi.GET_DELIVERIES, new InsightApi.FileIdList(ids))
        .compose(
            found -> {
              Map<String, Long> took = new HashMap<>();
              for (Delivery delivery : found.deliveries()) {
                delivery
                    .to(mirror.name())
                    .ifPresent(told -> took.put(delivery.fileId(), told.fileVersion()));
              }
              // What it did not take yet is no difference.
              List<FileRecord> same =
                  files.stream()
                      .filter(file -> took.getOrDefault(file.id(), -1L) == file.version())
                      .toList();
              return some(mirror, same, 0);
            });
  }

  private Future<Void> some(Endpoint mirror, List<FileRecord> files, int from) {
    if (from >= files.size()) {
      return Future.succeededFuture();
    }
    int to = Math.min(files.size(), from + AT_ONCE);
    return Future.all(files.subList(from, to).stream().map(file -> one(mirror, file)).toList())
        .compose(done -> some(mirror, files, to));
  }

  /** Fails where the mirror does not answer: the page is asked about again. */
  private Future<Void> one(Endpoint mirror, FileRecord file) {
    return teller
        .ask(mirror, file.id())
        .onFailure(failure -> deliveries.failed(mirror.name(), failure))
        .compose(
            held ->
                switch (Verdict.of(file, held)) {
                  case SAME -> settle(mirror, file);
                  case BEHIND -> deliveries.again(mirror, file);
                  case DIFFERS -> differs(mirror, file, held);
                  case UNKNOWN -> Future.succeededFuture();
                });
  }

  private Future<Void> differs(Endpoint mirror, FileRecord file, Teller.Held held) {
    Finding finding =
        Finding.first(
            FindingKind.MIRROR_DIFFERS,
            FindingState.OPEN,
            mirror.name(),
            file.id(),
            null,
            null,
            "at version %d the mirror has content of SHA-256 %s, the file %s"
                .formatted(held.version(), Verdict.shown(held.sha256()), file.sha256()),
            null,
            clock.instant());
    return bus.request(FindingApi.SEE_FINDING, finding)
        .onSuccess(seen -> bus.publish(ConsistencyApi.FINDING, seen.finding()))
        .mapEmpty();
  }

  private Future<Void> settle(Endpoint mirror, FileRecord file) {
    String id = FindingId.of(mirror.name(), file.id());
    return bus.request(FindingApi.GET_FINDING, new FindingApi.FindingRef(id))
        .compose(
            reply -> {
              Finding found = reply.finding();
              if (found == null || found.state().settled()) {
                return Future.succeededFuture();
              }
              return bus.request(
                      FindingApi.SAVE_FINDING, found.in(FindingState.GONE, BY, clock.instant()))
                  .onSuccess(saved -> bus.publish(ConsistencyApi.FINDING, saved.finding()))
                  .<Void>mapEmpty()
                  .recover(
                      failure ->
                          MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                              ? Future.succeededFuture()
                              : Future.failedFuture(failure));
            });
  }
}
