package io.movingdata.e2e.crash;

import static org.awaitility.Awaitility.await;

import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.judge.Outcome;
import io.movingdata.e2e.crash.Chance.Interruption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.core.ConditionTimeoutException;

/** Tries one cell: work, stop a node exactly at its point, strike, come to rest, judge. */
final class CellRun {
  private static final int TRIES = 10;

  private final Lane lane;
  private final Cell cell;
  private final Chance chance;
  private final Workload work;
  private final AtomicBoolean reading = new AtomicBoolean();
  private final List<CompletableFuture<Outcome>> readers = new ArrayList<>();
  private List<Peer> peers = List.of();
  private CompletableFuture<Outcome> asked;
  private int faults;
  private Instant lastFault;
  private Peer zombie;

  CellRun(Lane lane, Cell cell, long seed) {
    this.lane = lane;
    this.cell = cell;
    this.chance = Chance.of(cell, seed);
    this.work = new Workload(cell, chance, cell.id() + "/");
  }

  /** Never throws; what went wrong is in the result. */
  Result run() {
    Instant begun = Instant.now();
    Verdict verdict = new Verdict(lane, cell, work);
    Duration rested = null;
    String failure;
    try {
      peers = lane.peers(cell.fault().nodes());
      work.prepare(survivor().api());
      strike(stopAtPoint());
      asked.join();
      rested = Duration.between(lastFault, verdict.awaitRest());
      stopReading();
      failure = verdict.judge();
      if (!cell.fault().kills()) {
        lane.kill(zombie);
      }
    } catch (AssertionError | RuntimeException broken) {
      failure = broken.toString();
    } finally {
      reading.set(false);
      lane.add(work.client().history());
    }
    return new Result(
        cell,
        faults,
        verdict.acknowledged(),
        verdict.lost(),
        rested,
        Duration.between(begun, Instant.now()),
        failure);
  }

  /** The node that clients use when another fails. */
  private Peer survivor() {
    return peers.get(0);
  }

  /** The node that is asked to work. */
  private Peer asked() {
    return peers.get(peers.size() == 1 ? 0 : 1);
  }

  /** Whoever comes to the point first stops there: a slow node may have lost its claim. */
  private Peer stopAtPoint() {
    if (cell.act() == Act.ABORTED_MOVE) {
      holdAndInterrupt();
      for (int tried = 1; tried < TRIES && !interruptedInTime(); tried++) {
        work.prepareAnother(survivor().api());
        holdAndInterrupt();
      }
    } else {
      arm(peers, cell.point(), chance.hit());
      asked = lane.async(() -> work.act(asked().api()));
    }
    return awaitStopped(peers, cell.point());
  }

  /** Where there is one node, it may end its move before it hears of the interruption. */
  private boolean interruptedInTime() {
    await()
        .atMost(Timing.REACHED)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> peers.stream().anyMatch(Peer::stopped) || lane.residue().moved(work.subject()));
    return peers.stream().anyMatch(Peer::stopped);
  }

  /** Stops the move while its copy is being written, so that the client comes in between. */
  private void holdAndInterrupt() {
    arm(peers, CrashPoint.INTENT_RECORDED, 1);
    asked = lane.async(() -> work.act(asked().api()));
    Peer held = awaitStopped(peers, CrashPoint.INTENT_RECORDED);
    arm(peers, cell.point(), chance.hit());
    Peer reachable = peers.size() == 1 ? held : others(held).get(0);
    CompletableFuture<Outcome> interrupted =
        lane.async(() -> work.interrupt(reachable.api(), chance.interruption()));
    if (!reachable.equals(held)) {
      require(interrupted.join(), "the interruption");
    }
    held.node().thaw();
  }

  private static void arm(List<Peer> candidates, CrashPoint point, int hit) {
    candidates.forEach(peer -> peer.crash().arm(point, hit));
  }

  /** The first of the nodes to stand still; the others do not stop any more. */
  private static Peer awaitStopped(List<Peer> candidates, CrashPoint point) {
    try {
      await()
          .atMost(Timing.REACHED)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> candidates.stream().anyMatch(Peer::stopped));
    } catch (ConditionTimeoutException never) {
      throw new AssertionError(point + " was not reached", never);
    }
    Peer stopped = candidates.stream().filter(Peer::stopped).findFirst().orElseThrow();
    for (Peer other : candidates) {
      other.crash().disarm();
      if (!other.equals(stopped) && other.stopped()) {
        other.node().thaw();
      }
    }
    return stopped;
  }

  private void strike(Peer stopped) {
    faults++;
    switch (cell.fault()) {
      case KILL -> {
        kill(stopped);
        askAgain(others(stopped).get(0));
      }
      case KILL_RESTART -> {
        lastFault = Instant.now();
        stopped.node().kill9();
        stopped.node().start();
        askAgain(stopped);
      }
      case KILL_AGAIN -> killTwice(stopped);
      case FREEZE, FREEZE_OVERWRITE, FREEZE_DELETE, FREEZE_READ -> freeze(stopped);
    }
  }

  private void kill(Peer stopped) {
    lane.kill(stopped);
    lastFault = Instant.now();
    lane.prepare(2);
  }

  private List<Peer> others(Peer... gone) {
    return peers.stream().filter(peer -> !List.of(gone).contains(peer)).toList();
  }

  /** A client that got no answer asks once more, somewhere else. */
  private void askAgain(Peer peer) {
    boolean unknown = asked.join() == Outcome.UNKNOWN;
    if (unknown && cell.act() != Act.ABORTED_MOVE && !chance.early()) {
      asked = lane.async(() -> work.act(peer.api()));
    }
  }

  private void killTwice(Peer first) {
    List<Peer> left = others(first);
    arm(left, chance.second(), 1);
    kill(first);
    askAgain(left.get(0));
    Peer second = awaitStopped(left, chance.second());
    faults++;
    kill(second);
    askAgain(others(first, second).get(0));
  }

  private void freeze(Peer frozen) {
    zombie = frozen;
    Peer other = others(frozen).get(0);
    switch (cell.fault()) {
      case FREEZE_OVERWRITE ->
          require(work.interrupt(other.api(), Interruption.OVERWRITE), "the overwrite");
      case FREEZE_DELETE -> work.interrupt(other.api(), Interruption.DELETE);
      case FREEZE_READ -> readAllTheTime();
      default -> {}
    }
    if (!chance.early()) {
      Verdict.pause(Timing.FROZEN);
      lane.residue().awaitNoMove();
    }
    lastFault = Instant.now();
    frozen.node().thaw();
    asked.join();
    Verdict.pause(Timing.LEASE.multipliedBy(2));
  }

  private void readAllTheTime() {
    reading.set(true);
    for (Peer peer : peers) {
      readers.add(lane.async(() -> readOn(peer)));
    }
  }

  private Outcome readOn(Peer peer) {
    Outcome last = Outcome.UNKNOWN;
    while (reading.get()) {
      last = work.client().read(peer.api(), work.subject());
    }
    return last;
  }

  private void stopReading() {
    reading.set(false);
    readers.forEach(CompletableFuture::join);
  }

  private static void require(Outcome outcome, String what) {
    if (!Verdict.granted(outcome)) {
      throw new AssertionError(what + " was answered " + outcome);
    }
  }
}
