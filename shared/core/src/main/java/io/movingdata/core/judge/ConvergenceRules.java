package io.movingdata.core.judge;

import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must not be left over in the catalog: {@link Rule#CONVERGENCE}, {@link Rule#STUCK_MOVE},
 * {@link Rule#GARBAGE}, {@link Rule#ABANDONED_INTENT}.
 */
final class ConvergenceRules {
  private ConvergenceRules() {}

  static List<Violation> check(Facts facts) {
    List<Violation> found = new ArrayList<>();
    checkMoves(facts, found);
    checkGarbage(facts, found);
    checkIntents(facts, found);
    return found;
  }

  private static void checkMoves(Facts facts, List<Violation> found) {
    for (MoveRecord move : facts.catalog.activeMoves()) {
      String subject = move.moveId();
      String what = move.fileId() + " to " + move.target();
      if (move.state() == MoveState.STUCK) {
        found.add(new Violation(Rule.STUCK_MOVE, subject, what + ": " + move.lastError()));
      } else if (facts.overdue(move.createdAt())) {
        String detail = what + " is still " + move.state();
        String error = move.lastError() == null ? "" : ", after: " + move.lastError();
        found.add(new Violation(Rule.CONVERGENCE, subject, detail + error));
      }
    }
  }

  private static void checkGarbage(Facts facts, List<Violation> found) {
    for (Garbage entry : facts.catalog.garbage()) {
      if (facts.overdue(entry.dueAt())) {
        String subject = new ObjectAddress(entry.location(), entry.key()).toString();
        String error = entry.lastError() == null ? "" : ": " + entry.lastError();
        String detail = "was due at " + entry.dueAt() + ", tried " + entry.attempts() + " times";
        found.add(new Violation(Rule.GARBAGE, subject, detail + error));
      }
    }
  }

  private static void checkIntents(Facts facts, List<Violation> found) {
    Set<String> wanted =
        Facts.copies(facts.catalog.activeMoves().stream())
            .map(copy -> copy.copyId())
            .collect(Collectors.toSet());
    for (CopyIntent intent : facts.catalog.intents()) {
      boolean old = facts.overdue(intent.updatedAt().plus(facts.evidence.limits().stale()));
      if (old && !wanted.contains(intent.copyId())) {
        String subject = new ObjectAddress(intent.location(), intent.key()).toString();
        String detail = "an intent of " + intent.owner() + " (" + intent.purpose() + ")";
        found.add(
            new Violation(
                Rule.ABANDONED_INTENT, subject, detail + " stands since " + intent.updatedAt()));
      }
    }
  }
}
