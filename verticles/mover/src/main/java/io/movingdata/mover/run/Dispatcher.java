package io.movingdata.mover.run;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Registration;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.Route;
import io.movingdata.core.contract.Events;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.storage.ProviderGate;
import io.movingdata.mover.state.MoveMachine;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node's slots filled: claims due moves, most urgent first, and runs them. Woken by hints;
 * a poller makes up for lost ones and finds the moves of nodes that died.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final int PAGE = 64;

  private final Bus bus;
  private final NodeContext node;
  private final MoveRunner runner;
  private final Slots slots;
  private final Duration lease;
  private final Deque<MoveRecord> due = new ArrayDeque<>();
  private final Deque<MoveRecord> beyond = new ArrayDeque<>();
  private final Set<String> running = new HashSet<>();
  private Registration hints;
  private long timer = -1;
  private boolean looking;
  private boolean lookAgain;
  private boolean more; // whether the last page was full, so that others are due after it
  private boolean moreBeyond;
  private boolean stopped;

  public Dispatcher(NodeContext node, MoveRunner runner) {
    this.bus = node.bus();
    this.node = node;
    this.runner = runner;
    this.slots =
        new Slots(
            node.config().mover().parallelism(),
            limits(node),
            () -> ProviderGate.away(node.vertx()));
    this.lease = Duration.ofMillis(node.config().mover().leaseMs());
  }

  private static Map<String, Integer> limits(NodeContext node) {
    return node.config().locations().stream()
        .collect(Collectors.toMap(LocationConfig::id, LocationConfig::maxTransfers));
  }

  /** Starts claiming. */
  public Future<Void> start() {
    timer = bus.vertx().setPeriodic(node.config().mover().pollMs(), fired -> look());
    node.meters().gauge("movingdata_moves_running", slots, Slots::running);
    return bus.subscribe(Events.WORK, this::onHint)
        .map(
            registered -> {
              hints = registered;
              look();
              return null;
            });
  }

  /** Claims nothing more; what runs goes on until the process ends, or its lease does. */
  public Future<Void> stop() {
    stopped = true;
    bus.vertx().cancelTimer(timer);
    return hints == null ? Future.succeededFuture() : hints.close();
  }

  private void onHint(Events.WorkHint hint) {
    if (hint.what().equals("moves")) {
      look();
    }
  }

  /** Whether a move could start here at once; takes its slot where it can. */
  public boolean reserve(MoveRecord move) {
    return !stopped && slots.take(move);
  }

  /** Gives a reserved slot back unused. */
  public void release(MoveRecord move) {
    slots.give(move);
  }

  /** Runs a move that was claimed in a reserved slot. */
  public void runReserved(MoveRecord claimed) {
    running.add(claimed.moveId());
    CrashPoint.CLAIMED.reached();
    runner
        .run(claimed)
        .onComplete(
            ended -> {
              running.remove(claimed.moveId());
              slots.give(claimed);
              fill();
            });
  }

  /** Looks for due moves now, or once more where it is looking already. */
  private void look() {
    if (stopped || slots.free() <= 0) {
      return;
    }
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = true;
    lookAgain = false;
    beyond.clear();
    page(slots.awayRoutes(), due)
        .compose(
            full -> {
              more = full && !running.containsAll(due.stream().map(MoveRecord::moveId).toList());
              start(due);
              // A full page of moves that find no slot may hide others that would.
              boolean crowded = full && slots.free() > 0 && !due.isEmpty();
              return crowded ? page(slots.closedRoutes(), beyond) : Future.succeededFuture(false);
            })
        .onComplete(this::looked);
  }

  /** Looks for moves on routes that have room, behind those on routes that have none. */
  private void lookBeyond() {
    looking = true;
    page(slots.closedRoutes(), beyond).onComplete(this::looked);
  }

  private void looked(AsyncResult<Boolean> full) {
    looking = false;
    moreBeyond = full.succeeded() && full.result();
    if (full.succeeded()) {
      fill();
    } else {
      LOG.debug("no due moves: {}", full.cause().getMessage());
    }
  }

  /** Puts a page of due moves in place of what a queue holds; whether the page is full. */
  private Future<Boolean> page(List<Route> closed, Deque<MoveRecord> into) {
    CatalogApi.DueMoves wanted = new CatalogApi.DueMoves(node.clock().instant(), PAGE, closed);
    return bus.request(CatalogApi.DUE_MOVES, wanted)
        .map(
            page -> {
              into.clear();
              into.addAll(spread(page.moves()));
              return page.moves().size() == PAGE;
            });
  }

  /** Shuffles moves of the same urgency, so that nodes that see one page rarely want one move. */
  private List<MoveRecord> spread(List<MoveRecord> page) {
    List<MoveRecord> moves = new ArrayList<>(page);
    Collections.shuffle(moves, node.random());
    moves.sort((a, b) -> Integer.compare(b.priority(), a.priority()));
    return moves;
  }

  private void fill() {
    if (stopped) {
      return;
    }
    boolean tried = start(due);
    boolean triedBeyond = start(beyond);
    if (slots.free() <= 0) {
      return;
    }
    if (lookAgain || (due.isEmpty() && (more || tried || triedBeyond))) {
      look();
    } else if (!looking && beyond.isEmpty() && moreBeyond && triedBeyond) {
      lookBeyond();
    }
  }

  /** Claims those of a queue for which there is a slot; whether there was one. */
  private boolean start(Deque<MoveRecord> moves) {
    List<MoveRecord> noSlot = new ArrayList<>();
    boolean tried = false;
    while (slots.free() > 0 && !moves.isEmpty()) {
      MoveRecord move = moves.poll();
      if (running.contains(move.moveId())) {
        continue;
      }
      if (slots.take(move)) {
        tried = true;
        claim(move);
      } else {
        noSlot.add(move);
      }
    }
    moves.addAll(noSlot);
    return tried;
  }

  private void claim(MoveRecord move) {
    MoveRecord wanted;
    try {
      wanted = MoveMachine.claim(move, node.config().node().id(), node.clock().instant(), lease);
    } catch (RuntimeException notClaimable) {
      slots.give(move);
      return;
    }
    running.add(move.moveId());
    CrashPoint.BEFORE_CLAIM.reached();
    bus.request(CatalogApi.SAVE_MOVE, wanted)
        .onComplete(
            reply -> runReserved(reply.move()),
            failure -> {
              running.remove(move.moveId());
              slots.give(move);
              fill();
            });
  }
}
