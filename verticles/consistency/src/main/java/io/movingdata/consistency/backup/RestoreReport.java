package io.movingdata.consistency.backup;

import io.movingdata.consistency.rebuild.LeftOut;
import io.movingdata.consistency.rebuild.RebuildPlan.Change;
import io.movingdata.consistency.tool.CommandFrame;
import io.movingdata.consistency.tool.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a restore did.
 *
 * @param dryRun whether nothing was written
 * @param backup the backup's id
 * @param at when it was begun
 * @param location where it was read from
 * @param files files that were restored
 * @param documents other documents that were put back, by collection
 * @param changes what came after the backup: ids of files
 * @param bytesRead content that was read, bytes
 * @param leftOut objects that no file references
 */
record RestoreReport(
    boolean dryRun,
    String backup,
    Instant at,
    String location,
    long files,
    Map<String, Long> documents,
    Map<Change, Set<String>> changes,
    long bytesRead,
    List<LeftOut> leftOut) {

  /** What the command ends with: 1 where a file or an object needs somebody's look. */
  int exitCode() {
    boolean damage =
        leftOut.stream()
            .map(LeftOut::reason)
            .anyMatch(
                reason ->
                    reason == LeftOut.Reason.UNREADABLE
                        || reason == LeftOut.Reason.UNKNOWN_KEY
                        || reason == LeftOut.Reason.MISNAMED
                        || reason == LeftOut.Reason.CONFLICT);
    return damage || changes.containsKey(Change.GONE) ? CommandFrame.WRONG : CommandFrame.OK;
  }

  private static String said(Change change) {
    return switch (change) {
      case NEW -> "came after the backup; without its metadata and media type";
      case OVERWRITTEN -> "was overwritten after the backup; without its metadata and media type";
      case MOVED -> "was moved or copied after the backup";
      case GONE -> "was deleted after the backup, or is lost: no copy of it is whole";
    };
  }

  /** Lines for people; the last one is the summary. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    leftOut.forEach(one -> lines.add(one.toString()));
    for (Change change : Change.values()) {
      changes.getOrDefault(change, Set.of()).forEach(file -> lines.add(file + " " + said(change)));
    }
    lines.add(
        "restore"
            + (dryRun ? " (dry run, nothing written)" : "")
            + ": backup "
            + backup
            + " of "
            + at
            + " from "
            + location
            + ": "
            + files
            + " files, documents "
            + documents
            + ", "
            + Progress.size(bytesRead)
            + " read; left out "
            + leftOut.size()
            + " objects; not restored: moves and uploads that were under way, what waited for the"
            + " event broker, and what only the lost catalog knew since then");
    return lines;
  }
}
