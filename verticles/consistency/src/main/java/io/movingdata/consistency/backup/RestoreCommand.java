package io.movingdata.consistency.backup;

import io.movingdata.consistency.tool.CommandFrame;
import io.movingdata.consistency.tool.Options;
import io.movingdata.consistency.tool.Progress;
import io.movingdata.consistency.tool.ToolNode;
import io.movingdata.consistency.tool.UnreachableException;
import io.movingdata.core.json.Json;
import io.movingdata.core.launch.Command;
import io.movingdata.core.launch.NodeContext;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code restore}: fills an empty catalog from a backup, set right by what the stores hold now.
 * Ends with 0 where every file of the backup is there, 1 where some need a look, 2 where nothing
 * was done.
 */
public final class RestoreCommand implements Command {
  private static final String LIST = "--list";
  private static final String DRY_RUN = "--dry-run";
  private static final String JSON = "--json";
  private static final String FROM = "--from";
  private static final String BACKUP = "--backup";
  private static final String USAGE =
      """
      usage: restore [--list] [--from LOCATION] [--backup ID] [--dry-run] [--json]
        --list           say which backups there are, do nothing else
        --from LOCATION  read the backup from there; otherwise from the first that has it whole
        --backup ID      this backup; otherwise the newest
        --dry-run        read backup and stores and report, write nothing
        --json           one JSON object on stdout""";

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public String summary() {
    return "fill an empty catalog from a backup, or list the backups";
  }

  @Override
  public int run(List<String> arguments, PrintStream out, PrintStream err) {
    return CommandFrame.run(name(), USAGE, err, () -> restore(arguments, out, err));
  }

  private static int restore(List<String> arguments, PrintStream out, PrintStream err)
      throws InterruptedException {
    Options options = Options.parse(arguments, Set.of(LIST, DRY_RUN, JSON), Set.of(FROM, BACKUP));
    boolean dryRun = options.has(DRY_RUN);
    boolean readOnly = dryRun || options.has(LIST);
    try (ToolNode tool = ToolNode.start(options.conf(), System.getenv(), readOnly)) {
      List<String> locations = tool.locations(options.values(FROM));
      List<Found> found = tool.run(node -> new BackupShelf(node, err).find(locations));
      if (options.has(LIST)) {
        found.forEach(one -> out.println(line(one)));
        return CommandFrame.OK;
      }
      List<Found> copies = chosen(found, options.value(BACKUP));
      RestoreReport report = tool.run(node -> restored(node, copies, dryRun, err));
      if (options.has(JSON)) {
        out.println(Json.toBuffer(report));
      } else {
        report.lines().forEach(out::println);
      }
      return report.exitCode();
    }
  }

  private static Future<RestoreReport> restored(
      NodeContext node, List<Found> copies, boolean dryRun, PrintStream err) {
    return new Restore(node, dryRun, err).run(copies);
  }

  private static String line(Found one) {
    String size = Progress.size(one.object().size());
    return one.id() + " " + one.at() + " " + one.location() + " " + size;
  }

  private static List<Found> chosen(List<Found> found, Optional<String> id) {
    if (found.isEmpty()) {
      throw new UnreachableException("there is no backup");
    }
    String wanted = id.orElse(found.get(0).id());
    List<Found> copies = found.stream().filter(one -> one.id().equals(wanted)).toList();
    if (copies.isEmpty()) {
      throw new UnreachableException("there is no backup " + wanted);
    }
    return copies;
  }
}
