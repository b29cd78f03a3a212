package io.movingdata.e2e.crash;

import io.movingdata.core.judge.ClientOperation;
import io.movingdata.core.judge.OperationKind;
import io.movingdata.core.judge.Outcome;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.ClientHistory;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits until a cell has come to rest, and says what is wrong then. */
final class Verdict {
  private final Lane lane;
  private final Cell cell;
  private final Workload work;
  private int lost;

  Verdict(Lane lane, Cell cell, Workload work) {
    this.lane = lane;
    this.cell = cell;
    this.work = work;
  }

  /** Lets time pass that nothing can be waited for in. */
  static void pause(Duration time) {
    Instant until = Instant.now().plus(time);
    Awaitility.await()
        .atMost(time.plusMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> Instant.now().isAfter(until));
  }

  /** When nothing was left over any more. */
  Instant awaitRest() {
    List<String> left = new ArrayList<>();
    try {
      Awaitility.await()
          .atMost(Timing.REST)
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                left.clear();
                left.addAll(lane.residue().look());
                return left.isEmpty();
              });
      return Instant.now();
    } catch (ConditionTimeoutException never) {
      throw new AssertionError("no rest after " + Timing.REST + ": " + left, never);
    }
  }

  /** What is wrong, null where nothing is. */
  String judge() {
    List<String> wrong = new ArrayList<>();
    for (Peer peer : lane.running()) {
      for (String fileId : work.files()) {
        judgeContent(peer.api(), fileId, wrong);
      }
    }
    judgeReads(wrong);
    judgePlace(lane.running().get(0).api(), wrong);
    return wrong.isEmpty() ? null : String.join("; ", wrong);
  }

  private void judgeContent(Api api, String fileId, List<String> wrong) {
    HttpResponse<byte[]> answer = api.download(fileId);
    String found = answer.statusCode() == 200 ? ClientHistory.sha256(answer.body()) : null;
    boolean known = answer.statusCode() == 200 || answer.statusCode() == 404;
    if (!known || !allowed(fileId).contains(found)) {
      lost++;
      wrong.add("LOST " + fileId + ": " + answer.statusCode() + " " + found);
    }
  }

  private List<ClientOperation> changes(String fileId) {
    return work.client().history().stream()
        .filter(o -> o.fileId().equals(fileId))
        .filter(o -> o.kind() == OperationKind.WRITE || o.kind() == OperationKind.DELETE)
        .filter(o -> o.outcome() != Outcome.FAILED)
        .toList();
  }

  /** Digests that the file may have now, null for no file. */
  private Set<String> allowed(String fileId) {
    List<ClientOperation> changes = changes(fileId);
    Set<String> allowed = new HashSet<>();
    boolean written = false;
    for (ClientOperation change : changes) {
      boolean done = change.outcome() == Outcome.OK;
      written |= done;
      boolean superseded =
          done
              && changes.stream()
                  .anyMatch(
                      later ->
                          later.outcome() == Outcome.OK
                              && later.invoked().isAfter(change.answered()));
      if (!superseded) {
        allowed.add(change.sha256());
      }
    }
    if (!written) {
      allowed.add(null);
    }
    return allowed;
  }

  private void judgeReads(List<String> wrong) {
    Set<String> ever = new HashSet<>();
    changes(work.subject()).forEach(change -> ever.add(change.sha256()));
    if (cell.act() == Act.UPLOAD) {
      ever.add(null);
    }
    work.client().history().stream()
        .filter(o -> o.kind() == OperationKind.READ)
        .filter(o -> o.outcome() == Outcome.OK && !ever.contains(o.sha256()))
        .forEach(o -> wrong.add("WRONG READ " + o));
  }

  /** A move that was acknowledged, and that nobody stopped, has happened. */
  private void judgePlace(Api api, List<String> wrong) {
    boolean moved =
        (cell.act() == Act.MOVE || cell.act() == Act.BULK)
            && cell.fault() != Fault.FREEZE_OVERWRITE
            && cell.fault() != Fault.FREEZE_DELETE
            && work.client().history().stream()
                .anyMatch(o -> o.kind() == OperationKind.MOVE && granted(o.outcome()));
    if (moved) {
      String location = api.file(work.subject()).getString("current_location");
      if (!Objects.equals(location, cell.to())) {
        wrong.add("NOT MOVED " + work.subject() + " is at " + location);
      }
    }
  }

  /** Whether a client was told that it is done, or will be. */
  static boolean granted(Outcome outcome) {
    return outcome == Outcome.OK || outcome == Outcome.ACCEPTED;
  }

  /** How many contents and deletions clients were told to be safe. */
  int acknowledged() {
    return (int)
        work.files().stream()
            .flatMap(fileId -> changes(fileId).stream())
            .filter(o -> o.outcome() == Outcome.OK)
            .count();
  }

  /** How many files do not have what they must have. */
  int lost() {
    return lost;
  }
}
