package io.movingdata.core.judge;

import io.movingdata.core.model.FileRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What clients were told against what is there: {@link Rule#DURABILITY} for an acknowledged content
 * that is not the file's, {@link Rule#RESURRECTION} for a file that is there though it was deleted,
 * {@link Rule#TRUTHFUL_READ} for what a read returned. Of a file that no client changed only the
 * reads are judged: they return what it holds.
 */
final class ContentRules {
  private ContentRules() {}

  static List<Violation> check(Facts facts) {
    List<Violation> found = new ArrayList<>();
    facts.histories.forEach(
        (fileId, history) -> {
          FileRecord file = facts.liveById.get(fileId);
          String present = file == null ? FileHistory.ABSENT : file.sha256();
          if (history.changed()) {
            checkEnd(fileId, history, present, found);
          }
          history.reads().forEach(read -> checkRead(history, read, present, found));
        });
    return found;
  }

  private static void checkEnd(
      String fileId, FileHistory history, String present, List<Violation> found) {
    if (history.mayEndWith(present)) {
      return;
    }
    if (Objects.equals(present, FileHistory.ABSENT)) {
      String detail = "its content was acknowledged and not deleted, and it is not in the catalog";
      found.add(new Violation(Rule.DURABILITY, fileId, detail));
    } else if (history.mayEndWith(FileHistory.ABSENT)) {
      String detail = "it was deleted, and the catalog has it with content " + present;
      found.add(new Violation(Rule.RESURRECTION, fileId, detail));
    } else {
      String detail = "the catalog has content " + present + " in place of the last acknowledged";
      found.add(new Violation(Rule.DURABILITY, fileId, detail));
    }
  }

  private static void checkRead(
      FileHistory history, ClientOperation read, String present, List<Violation> found) {
    boolean truthful =
        history.changed()
            ? history.mayHold(read.sha256(), read.invoked(), read.answered())
            : Objects.equals(read.sha256(), present);
    if (!truthful) {
      String returned = read.sha256() == null ? "no file" : "content " + read.sha256();
      String detail = "the read begun at " + read.invoked() + " returned " + returned;
      found.add(new Violation(Rule.TRUTHFUL_READ, read.fileId(), detail));
    }
  }
}
