package io.movingdata.core.judge;

import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What clients were told of their calls: {@link Rule#TRUTHFUL_MOVE}, {@link Rule#IDEMPOTENCY}. */
final class AnswerRules {
  private AnswerRules() {}

  static List<Violation> check(Facts facts) {
    List<Violation> found = new ArrayList<>();
    checkMoves(facts, found);
    checkKeys(facts, found);
    return found;
  }

  private static void checkMoves(Facts facts, List<Violation> found) {
    Map<String, MoveRecord> moves = new HashMap<>();
    facts.catalog.activeMoves().forEach(move -> moves.put(move.moveId(), move));
    facts.catalog.pastMoves().forEach(move -> moves.put(move.moveId(), move));
    for (ClientOperation call : facts.evidence.history()) {
      if (call.kind() == OperationKind.MOVE && call.moveId() != null) {
        MoveRecord move = moves.get(call.moveId());
        if (!bears(move, call)) {
          String says = move == null ? "nothing" : move.state() + " to " + move.target();
          String detail = call.outcome() + " to " + call.target() + "; the catalog says " + says;
          found.add(new Violation(Rule.TRUTHFUL_MOVE, call.moveId(), detail));
        }
      }
    }
  }

  /** Whether the catalog has the move that a client was told of, committed if that was said. */
  private static boolean bears(MoveRecord move, ClientOperation call) {
    boolean there =
        move != null && move.fileId().equals(call.fileId()) && move.target().equals(call.target());
    return there
        && (!call.acknowledged()
            || move.state() == MoveState.DONE
            || move.state() == MoveState.COMMITTED);
  }

  private static void checkKeys(Facts facts, List<Violation> found) {
    Map<String, ClientOperation> first = new HashMap<>();
    for (ClientOperation call : facts.evidence.history()) {
      if (call.idempotencyKey() == null || !call.taken()) {
        continue;
      }
      ClientOperation before = first.putIfAbsent(call.idempotencyKey(), call);
      if (before == null) {
        continue;
      }
      if (!sameRequest(before, call)) {
        found.add(violation(call, "two different requests were carried out under it"));
      } else if (!Objects.equals(before.answer(), call.answer())) {
        found.add(
            violation(call, "it was answered " + before.answer() + ", then " + call.answer()));
      }
    }
  }

  private static boolean sameRequest(ClientOperation a, ClientOperation b) {
    return a.kind() == b.kind()
        && Objects.equals(a.fileId(), b.fileId())
        && Objects.equals(a.target(), b.target());
  }

  private static Violation violation(ClientOperation call, String detail) {
    return new Violation(Rule.IDEMPOTENCY, call.idempotencyKey(), detail);
  }
}
