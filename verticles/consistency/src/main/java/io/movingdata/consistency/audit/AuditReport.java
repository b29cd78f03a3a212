package io.movingdata.consistency.audit;

import io.movingdata.consistency.tool.CommandFrame;
import io.movingdata.consistency.tool.Progress;
import io.movingdata.core.judge.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an audit found.
 *
 * @param takenAt when it began
 * @param light whether no content was read
 * @param files files of the catalog
 * @param copies copies that they reference at the locations that were looked at
 * @param objects objects that were seen there
 * @param bytesRead content that was read back, bytes of plaintext
 * @param changed files that changed while the audit ran, and were not judged
 * @param violations what is wrong, the gravest first
 * @param unreachable locations of which nothing can be said, and why
 */
record AuditReport(
    Instant takenAt,
    boolean light,
    long files,
    long copies,
    long objects,
    long bytesRead,
    long changed,
    List<Violation> violations,
    Map<String, String> unreachable) {

  AuditReport {
    violations = List.copyOf(violations);
    unreachable = new TreeMap<>(unreachable);
  }

  /** What the command ends with. */
  int exitCode() {
    if (!unreachable.isEmpty()) {
      return CommandFrame.UNKNOWN;
    }
    return violations.isEmpty() ? CommandFrame.OK : CommandFrame.WRONG;
  }

  /** A line for each violation and what is not known, and the summary. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    violations.forEach(violation -> lines.add(violation.toString()));
    unreachable.forEach(
        (location, why) ->
            lines.add(
                location
                    + " could not be looked at, which proves nothing about its copies: "
                    + why));
    if (changed > 0) {
      lines.add(changed + " files changed meanwhile and were not judged");
    }
    lines.add(
        "audit"
            + (light ? " (light)" : "")
            + ": "
            + files
            + " files, "
            + copies
            + " copies, "
            + objects
            + " objects, "
            + Progress.size(bytesRead)
            + " read, "
            + violations.size()
            + " violations"
            + (unreachable.isEmpty() ? "" : ", not reached: " + unreachable.keySet()));
    return lines;
  }
}
