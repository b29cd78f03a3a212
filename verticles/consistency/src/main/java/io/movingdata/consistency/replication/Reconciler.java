package io.movingdata.consistency.replication;

import io.movingdata.consistency.turn.Turn;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.Events;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Selector;
import io.movingdata.core.replication.ReplicationInForce;
import io.movingdata.core.replication.ReplicationPolicy;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings files to what the policy wants, one node at a time: those of which it hears at once, and
 * all of them from time to time, when the policy changes, and when another node takes over, since
 * nobody knows what that one did not hear. While the policy wants nothing, nothing is done.
 */
final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final int PAGE = 200;
  private static final int MOST_HINTS = 10_000;
  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final long MOST_POLL_MS = 5_000;

  private final NodeContext node;
  private final Bus bus;
  private final Clock clock;
  private final ReplicationInForce policies;
  private final Turn turn;
  private final SweepBook book;
  private final FileWork work;
  private final LagMeter lag;
  private final Set<String> hints = new LinkedHashSet<>();
  private Future<Void> round = Future.succeededFuture();
  private Future<Void> sweep = Future.succeededFuture();
  private Future<Void> drain = Future.succeededFuture();
  private boolean again;
  private boolean wanted;
  private boolean stopped;
  private long timer = -1;

  Reconciler(NodeContext node, ReplicationInForce policies, SweepBook book) {
    this.node = node;
    this.bus = node.bus();
    this.clock = node.clock();
    this.policies = policies;
    this.turn = new Turn(node, SweepBook.KIND, LEASE);
    this.book = book;
    this.work = new FileWork(node, book, () -> stopped, this::hint);
    this.lag = new LagMeter(node, () -> stopped);
  }

  void start() {
    long pollMs = Math.min(MOST_POLL_MS, node.config().consistency().pollMs());
    timer = bus.vertx().setPeriodic(pollMs, fired -> begin());
  }

  /** A file was placed: where this node has the turn, it is looked at soon. */
  void heard(Events.FileEvent event) {
    if (turn.held() && wanted && event.change().equals("placed")) {
      hint(event.fileId());
    }
  }

  private void hint(String fileId) {
    if (hints.size() < MOST_HINTS) {
      hints.add(fileId);
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
        policies
            .current()
            .compose(this::round)
            .onFailure(failure -> LOG.debug("no round: {}", failure.getMessage()))
            .otherwiseEmpty();
  }

  private Future<Void> round(ReplicationPolicy policy) {
    wanted = !policy.trivial();
    if (!wanted) {
      hints.clear();
      lag.rest();
      return turn.release();
    }
    return turn.take().compose(taken -> taken(policy, taken));
  }

  private Future<Void> taken(ReplicationPolicy policy, Turn.Taken taken) {
    if (taken == Turn.Taken.OTHERS) {
      lag.leave();
      return Future.succeededFuture();
    }
    lag.look(policy);
    Future<Void> ready = Future.succeededFuture();
    if (taken == Turn.Taken.NEW) {
      again = true;
      ready = book.load();
    }
    return ready.compose(
        known -> {
          beginSweep(policy);
          drainHints();
          return book.save(work.active());
        });
  }

  private void beginSweep(ReplicationPolicy policy) {
    if (!sweep.isComplete()) {
      return;
    }
    boolean resumes = book.state().running() && book.state().policyVersion() == policy.version();
    long sweepMs = node.config().replication().sweepMs();
    if (!resumes && !again && !book.state().due(policy.version(), sweepMs, clock.instant())) {
      return;
    }
    if (!resumes) {
      again = false;
      book.change(state -> state.begun(policy.version(), clock.instant()));
    }
    sweep =
        page(policy)
            .onFailure(failure -> LOG.info("the sweep waits: {}", failure.getMessage()))
            .otherwiseEmpty();
  }

  private Future<Void> page(ReplicationPolicy policy) {
    if (stopped || !turn.held()) {
      return Future.succeededFuture();
    }
    return bus.request(
            CatalogApi.LIST_FILES,
            new CatalogApi.FileQuery(null, null, null, "id", PAGE, book.state().cursor(), false))
        .compose(page -> examine(policy, page.files()).map(page))
        .compose(
            page -> {
              long files = page.files().size();
              if (page.next() == null) {
                book.change(state -> state.ended(clock.instant(), files));
                LOG.info("compared {} files with the policy", book.state().examined());
                return Future.succeededFuture();
              }
              book.change(state -> state.at(page.next(), files));
              return policies
                  .recent()
                  .compose(
                      now ->
                          now.version() == policy.version()
                              ? page(policy)
                              : Future.succeededFuture());
            });
  }

  private Future<Void> examine(ReplicationPolicy policy, List<FileRecord> files) {
    Future<Void> before = Future.succeededFuture();
    for (FileRecord file : files) {
      before = before.compose(done -> work.examine(policy, file));
    }
    return before;
  }

  private void drainHints() {
    if (hints.isEmpty() || !drain.isComplete() || stopped) {
      return;
    }
    List<String> some = new ArrayList<>(hints).subList(0, Math.min(PAGE, hints.size()));
    some.forEach(hints::remove);
    Selector ids = new Selector(some, null, null, null, null, null, null);
    drain =
        policies
            .recent()
            .compose(
                policy ->
                    bus.request(
                            CatalogApi.LIST_FILES,
                            new CatalogApi.FileQuery(ids, null, null, "id", PAGE, null, false))
                        .compose(page -> examine(policy, page.files())))
            .onFailure(failure -> again = true)
            .otherwiseEmpty();
    drain.onComplete(done -> drainHints());
  }

  /** Ends after the page under way; another node goes on. */
  Future<Void> stop() {
    stopped = true;
    bus.vertx().cancelTimer(timer);
    return round.compose(done -> turn.release()).transform(done -> Future.succeededFuture());
  }
}
