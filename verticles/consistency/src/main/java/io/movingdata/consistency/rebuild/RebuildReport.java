package io.movingdata.consistency.rebuild;

import io.movingdata.consistency.tool.CommandFrame;
import io.movingdata.consistency.tool.Progress;
import io.movingdata.core.model.FileRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a rebuild did.
 *
 * @param dryRun whether nothing was written
 * @param objects objects that were seen
 * @param files files that were restored
 * @param copies copies that they reference
 * @param bytes size of their contents, bytes
 * @param bytesRead content that was read, bytes
 * @param leftOut objects that no file references, by location and key
 */
record RebuildReport(
    boolean dryRun,
    long objects,
    long files,
    long copies,
    long bytes,
    long bytesRead,
    List<LeftOut> leftOut) {

  /** What no store knows. */
  private static final List<String> LOST =
      List.of(
          "not in the stores, and so not restored: user metadata, media types, history of moves,"
              + " pins, use of files, rules, models, policies, the audit trail",
          "a file that was deleted, or an upload that was refused, less than the collector's grace"
              + " before the catalog was lost may be back");

  static RebuildReport of(
      boolean dryRun, StoreContents stores, List<FileRecord> files, List<LeftOut> leftOut) {
    return new RebuildReport(
        dryRun,
        stores.objects(),
        files.size(),
        files.stream().mapToLong(file -> file.replicas().size()).sum(),
        files.stream().mapToLong(FileRecord::sizeBytes).sum(),
        stores.bytesRead(),
        leftOut.stream()
            .sorted(Comparator.comparing(LeftOut::location).thenComparing(LeftOut::key))
            .toList());
  }

  /** What the command ends with: 1 where an object of ours could not be taken for what it is. */
  int exitCode() {
    boolean all =
        leftOut.stream()
            .map(LeftOut::reason)
            .allMatch(
                reason ->
                    reason == LeftOut.Reason.SUPERSEDED
                        || reason == LeftOut.Reason.DUPLICATE
                        || reason == LeftOut.Reason.FOREIGN);
    return all ? CommandFrame.OK : CommandFrame.WRONG;
  }

  /** A line for each object that was left out, numbers by reason, and the summary. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    leftOut.forEach(one -> lines.add(one.toString()));
    Map<String, Integer> reasons = new TreeMap<>();
    leftOut.forEach(one -> reasons.merge(wire(one.reason()), 1, Integer::sum));
    lines.addAll(LOST);
    lines.add(
        "rebuild"
            + (dryRun ? " (dry run, nothing written)" : "")
            + ": "
            + files
            + " files, "
            + copies
            + " copies, "
            + Progress.size(bytes)
            + " of content from "
            + objects
            + " objects, "
            + Progress.size(bytesRead)
            + " read; left out "
            + leftOut.size()
            + (reasons.isEmpty() ? "" : " " + reasons));
    return lines;
  }

  private static String wire(LeftOut.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
