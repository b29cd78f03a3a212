package io.movingdata.core.judge;

import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link Rule#SERIALISATION}: one move of a file at a time, one owner of a move at a time. */
final class MoveRules {
  private MoveRules() {}

  static List<Violation> check(Facts facts) {
    List<Violation> found = new ArrayList<>();
    checkActive(facts, found);
    checkCommitTimes(facts, found);
    checkOverlaps(facts, found);
    checkEpochs(facts, found);
    return found;
  }

  private static void checkActive(Facts facts, List<Violation> found) {
    Map<String, String> active = new HashMap<>();
    for (MoveRecord move : facts.catalog.activeMoves()) {
      String other = active.putIfAbsent(move.fileId(), move.moveId());
      if (other != null) {
        found.add(
            violation(move.fileId(), "moves " + other + " and " + move.moveId() + " are active"));
      }
    }
  }

  private static void checkCommitTimes(Facts facts, List<Violation> found) {
    for (MoveRecord move : facts.catalog.pastMoves()) {
      boolean committed = move.committedAt() != null;
      if (committed != (move.state() == MoveState.DONE)) {
        String detail =
            "ended as " + move.state() + (committed ? ", committed" : ", not committed");
        found.add(violation(move.moveId(), detail));
      }
    }
  }

  private static void checkOverlaps(Facts facts, List<Violation> found) {
    Map<String, List<MoveRecord>> byFile =
        facts.committedMoves().stream()
            .filter(move -> move.startedAt() != null)
            .collect(Collectors.groupingBy(MoveRecord::fileId, TreeMap::new, Collectors.toList()));
    byFile.forEach(
        (fileId, moves) -> {
          moves.sort(Comparator.comparing(MoveRecord::startedAt));
          for (int i = 1; i < moves.size(); i++) {
            MoveRecord earlier = moves.get(i - 1);
            MoveRecord later = moves.get(i);
            if (later.startedAt().isBefore(earlier.committedAt())) {
              String detail = "started before move " + earlier.moveId() + " was committed";
              found.add(violation(fileId, "move " + later.moveId() + " " + detail));
            }
          }
        });
  }

  /** All that was seen of each move, in the order of its versions. */
  private static void checkEpochs(Facts facts, List<Violation> found) {
    Map<String, List<MoveRecord>> byMove =
        Stream.concat(facts.evidence.earlier().stream(), Stream.of(facts.catalog))
            .flatMap(dump -> Stream.of(dump.activeMoves(), dump.pastMoves()))
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(MoveRecord::moveId, TreeMap::new, Collectors.toList()));
    byMove.forEach(
        (moveId, states) -> {
          states.sort(Comparator.comparing(MoveRecord::version));
          MoveRecord owned = states.get(0);
          for (MoveRecord next : states) {
            if (next.epoch() < owned.epoch()) {
              String detail = "epoch " + next.epoch() + " follows " + owned.epoch();
              found.add(violation(moveId, detail));
            } else if (next.epoch() == owned.epoch() && otherOwner(owned, next)) {
              String detail = owned.owner() + " and " + next.owner() + " both have epoch ";
              found.add(violation(moveId, detail + next.epoch()));
            }
            owned = next.owner() == null && next.epoch() == owned.epoch() ? owned : next;
          }
        });
  }

  private static boolean otherOwner(MoveRecord owned, MoveRecord next) {
    return owned.owner() != null
        && next.owner() != null
        && !Objects.equals(owned.owner(), next.owner());
  }

  private static Violation violation(String subject, String detail) {
    return new Violation(Rule.SERIALISATION, subject, detail);
  }
}
