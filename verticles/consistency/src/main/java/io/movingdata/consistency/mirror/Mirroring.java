package io.movingdata.consistency.mirror;

import io.movingdata.consistency.turn.Turn;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.DeliveryApi;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Delivery;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Selector;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps mirrors told, one node at a time. A file that is heard of is told of at once. All files,
 * and all that mirrors were ever told of, are compared with what they took: from time to time, when
 * another node takes over, when a mirror is well again, and when somebody asks for everything.
 */
final class Mirroring {
  private static final Logger LOG = LoggerFactory.getLogger(Mirroring.class);
  private static final int PAGE = 250;
  private static final int MOST_HINTS = 10_000;
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final long MOST_POLL_MS = 2_000;

  private final NodeContext node;
  private final Bus bus;
  private final Clock clock;
  private final List<Endpoint> mirrors;
  private final MirrorBook book;
  private final Deliveries deliveries;
  private final Comparer comparer;
  private final Turn turn;
  private final Map<String, String> hints = new LinkedHashMap<>();
  private Future<Void> round = Future.succeededFuture();
  private Future<Void> sweep = Future.succeededFuture();
  private Future<Void> drain = Future.succeededFuture();
  private Instant sweptAt;
  private boolean again;
  private boolean stopped;
  private long timer = -1;

  Mirroring(
      NodeContext node,
      List<Endpoint> mirrors,
      MirrorBook book,
      Deliveries deliveries,
      Comparer comparer) {
    this.node = node;
    this.bus = node.bus();
    this.clock = node.clock();
    this.mirrors = mirrors;
    this.book = book;
    this.deliveries = deliveries;
    this.comparer = comparer;
    this.turn = new Turn(node, MirrorBook.KIND, LEASE);
  }

  void start() {
    long pollMs = Math.min(MOST_POLL_MS, node.config().consistency().pollMs());
    timer = bus.vertx().setPeriodic(pollMs, fired -> begin());
  }

  /** A file changed: where this node has the turn, mirrors hear of it at once. */
  void heard(Events.FileEvent event) {
    if (!turn.held()) {
      return;
    }
    if (hints.size() < MOST_HINTS) {
      hints.put(event.fileId(), event.reason() == null ? event.change() : event.reason());
      drainHints();
    } else {
      again = true;
    }
  }

  private void begin() {
    if (stopped || !round.isComplete()) {
      return;
    }
    round =
        turn.take()
            .compose(this::taken)
            .onFailure(failure -> LOG.debug("mirrors wait: {}", failure.getMessage()))
            .otherwiseEmpty();
  }

  private Future<Void> taken(Turn.Taken taken) {
    if (taken == Turn.Taken.OTHERS) {
      return Future.succeededFuture();
    }
    Future<Void> ready = Future.succeededFuture();
    if (taken == Turn.Taken.NEW) {
      again = true;
      ready = book.load();
    }
    return ready
        .compose(known -> book.readGenerations())
        .compose(
            raised -> {
              again |= raised;
              beginSweep();
              drainHints();
              comparer.begin(() -> !stopped && turn.held());
              return book.save();
            });
  }

  private void beginSweep() {
    Instant now = clock.instant();
    boolean due =
        sweptAt == null
            || !sweptAt.plusMillis(node.config().replication().mirrorSweepMs()).isAfter(now);
    if (!sweep.isComplete() || !(again || due || mirrors.stream().anyMatch(this::wellAgain))) {
      return;
    }
    again = false;
    book.beginSweep();
    sweep =
        files(null)
            .compose(done -> told(null))
            .onSuccess(
                done -> {
                  sweptAt = now;
                  book.endSweep();
                })
            .onFailure(
                failure -> {
                  again = true;
                  LOG.info("mirrors are told later: {}", failure.getMessage());
                })
            .otherwiseEmpty();
  }

  /** One that failed and has rested: it is owed what it did not take. */
  private boolean wellAgain(Endpoint mirror) {
    Circuit circuit = book.circuit(mirror.name());
    return circuit.broken()
        && circuit.allows(clock.instant())
        && book.state(mirror.name()).pending() > 0;
  }

  private boolean mayGoOn() {
    return !stopped && turn.held();
  }

  private Future<Void> files(String cursor) {
    if (!mayGoOn()) {
      return Future.failedFuture("the turn has ended");
    }
    return bus.request(
            CatalogApi.LIST_FILES,
            new CatalogApi.FileQuery(null, null, null, "id", PAGE, cursor, false))
        .compose(
            page ->
                deliveries
                    .files(page.files(), Map.of())
                    .compose(
                        done ->
                            page.next() == null ? Future.succeededFuture() : files(page.next())));
  }

  /** Files that mirrors were told of and that are gone. */
  private Future<Void> told(String cursor) {
    if (!mayGoOn()) {
      return Future.failedFuture("the turn has ended");
    }
    return bus.request(DeliveryApi.LIST_DELIVERIES, new DeliveryApi.DeliveryQuery(cursor, PAGE))
        .compose(
            page ->
                gone(page.deliveries().stream().map(Delivery::fileId).toList())
                    .compose(
                        done ->
                            page.next() == null ? Future.succeededFuture() : told(page.next())));
  }

  private Future<Void> gone(List<String> fileIds) {
    if (fileIds.isEmpty()) {
      return Future.succeededFuture();
    }
    return bus.request(InsightApi.PLACEMENTS, new InsightApi.FileIdList(fileIds))
        .compose(
            found -> {
              Set<String> there =
                  found.files().stream()
                      .map(InsightApi.Placement::fileId)
                      .collect(Collectors.toSet());
              List<String> gone = fileIds.stream().filter(id -> !there.contains(id)).toList();
              return gone.isEmpty() ? Future.succeededFuture() : deliveries.gone(gone);
            });
  }

  private void drainHints() {
    if (hints.isEmpty() || !drain.isComplete() || stopped) {
      return;
    }
    Map<String, String> some = new LinkedHashMap<>();
    List<String> ids = new ArrayList<>(hints.keySet()).subList(0, Math.min(PAGE, hints.size()));
    ids.forEach(id -> some.put(id, hints.remove(id)));
    List<String> wanted = List.copyOf(some.keySet());
    Selector selector = new Selector(wanted, null, null, null, null, null, null);
    drain =
        bus.request(
                CatalogApi.LIST_FILES,
                new CatalogApi.FileQuery(selector, null, null, "id", PAGE, null, false))
            .compose(page -> deliveries.files(page.files(), some).map(page.files()))
            .compose(
                files -> {
                  Set<String> there =
                      files.stream().map(FileRecord::id).collect(Collectors.toSet());
                  return deliveries.gone(
                      wanted.stream().filter(id -> !there.contains(id)).toList());
                })
            .onFailure(failure -> again = true)
            .otherwiseEmpty();
    drain.onComplete(done -> drainHints());
  }

  /** Ends soon; another node goes on. */
  Future<Void> stop() {
    stopped = true;
    bus.vertx().cancelTimer(timer);
    return round.compose(done -> turn.release()).transform(done -> Future.succeededFuture());
  }
}
