package io.movingdata.core.judge;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file's copies must be: {@link Rule#DURABILITY} where none is whole, else {@link
 * Rule#REPLICA} for each that is not.
 */
final class CopyRules {
  private CopyRules() {}

  static List<Violation> check(Facts facts) {
    List<Violation> found = new ArrayList<>();
    facts.liveFiles.forEach(file -> check(facts, file, found));
    return found;
  }

  private static void check(Facts facts, FileRecord file, List<Violation> found) {
    List<Replica> verified = file.replicas().stream().filter(Replica::verified).toList();
    Map<Replica, String> damaged = new LinkedHashMap<>();
    for (Replica copy : verified) {
      String problem = problem(facts, file, copy);
      if (problem != null) {
        damaged.put(copy, problem);
      }
    }
    if (damaged.size() == verified.size()) {
      String all = verified.isEmpty() ? "the catalog lists none" : damaged.values().toString();
      found.add(new Violation(Rule.DURABILITY, file.id(), "no verified copy is whole: " + all));
    } else {
      damaged.values().forEach(p -> found.add(new Violation(Rule.REPLICA, file.id(), p)));
    }
  }

  /** What is wrong with a copy, null where nothing is known to be. */
  private static String problem(Facts facts, FileRecord file, Replica copy) {
    if (!facts.lookedAt(copy.location())) {
      return null;
    }
    ObjectAddress address = ObjectAddress.of(copy);
    StoredObject object = facts.object(address);
    if (object == null) {
      return address + " is not there";
    }
    if (object.bytes() != copy.bytes()) {
      return address + " has " + object.bytes() + " bytes instead of " + copy.bytes();
    }
    Reading reading = object.reading();
    if (reading.problem() != null) {
      return address + " cannot be read: " + reading.problem();
    }
    boolean other = reading.sha256() != null && !reading.sha256().equals(file.sha256());
    return other ? address + " holds other content, " + reading.sha256() : null;
  }
}
