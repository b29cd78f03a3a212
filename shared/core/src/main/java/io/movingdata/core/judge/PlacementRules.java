package io.movingdata.core.judge;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.Replica;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a file's document says of its copies: {@link Rule#PLACEMENT}. */
final class PlacementRules {
  private PlacementRules() {}

  static List<Violation> check(Facts facts) {
    List<Violation> found = new ArrayList<>();
    Map<String, MoveRecord> lastMoves = lastMoves(facts);
    Map<String, String> owners = new HashMap<>();
    for (FileRecord file : facts.liveFiles) {
      checkPrimary(file, found);
      checkLocations(file, found);
      checkLastMove(file, lastMoves.get(file.contentId()), found);
      for (Replica copy : file.replicas()) {
        String other = owners.putIfAbsent(copy.copyId(), file.id());
        if (other != null) {
          found.add(violation(file, "copy " + copy.copyId() + " is listed twice, by " + other));
        }
      }
    }
    return found;
  }

  private static void checkPrimary(FileRecord file, List<Violation> found) {
    boolean any = file.replicas().stream().anyMatch(Replica::verified);
    if (any && file.verifiedAt(file.primary()).isEmpty()) {
      found.add(violation(file, "no verified copy is at the primary location " + file.primary()));
    }
  }

  private static void checkLocations(FileRecord file, List<Violation> found) {
    Set<String> seen = new HashSet<>();
    for (Replica copy : file.replicas()) {
      if (!seen.add(copy.location())) {
        found.add(violation(file, "two copies are at " + copy.location()));
      }
    }
  }

  /** The last committed move of each content. */
  private static Map<String, MoveRecord> lastMoves(Facts facts) {
    return facts.committedMoves().stream()
        .filter(move -> move.kind() == MoveKind.MOVE)
        .collect(
            Collectors.toMap(
                MoveRecord::contentId,
                Function.identity(),
                (a, b) -> Comparator.comparing(MoveRecord::committedAt).compare(a, b) < 0 ? b : a));
  }

  private static void checkLastMove(FileRecord file, MoveRecord last, List<Violation> found) {
    if (last != null && !last.target().equals(file.primary())) {
      String detail = "move " + last.moveId() + " brought it to " + last.target();
      found.add(violation(file, detail + ", and its primary is at " + file.primary()));
    }
  }

  private static Violation violation(FileRecord file, String detail) {
    return new Violation(Rule.PLACEMENT, file.id(), detail);
  }
}
