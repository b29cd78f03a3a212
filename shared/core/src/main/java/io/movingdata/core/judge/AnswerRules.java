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
      boolean answered = call.kind() == OperationKind.MOVE && call.acknowledged();
      if (answered && call.moveId() != null && !bears(moves.get(call.moveId()), call)) {
        MoveRecord move = moves.get(call.moveId());
        String detail = "moved to " + call.target() + ", as was answered; the catalog says ";
        String says = move == null ? "nothing" : move.state() + " to " + move.target();
        found.add(new Violation(Rule.TRUTHFUL_MOVE, call.moveId(), detail + says));
      }
    }
  }

  private static boolean bears(MoveRecord move, ClientOperation call) {
    return move != null
        && (move.state() == MoveState.DONE || move.state() == MoveState.COMMITTED)
        && move.fileId().equals(call.fileId())
        && move.target().equals(call.target());
  }

  private static void checkKeys(Facts facts, List<Violation> found) {
    Map<String, ClientOperation> first = new HashMap<>();
    for (ClientOperation call : facts.evidence.history()) {
      if (call.idempotencyKey() == null || !call.acknowledged()) {
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
