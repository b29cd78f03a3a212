package io.movingdata.consistency.rebuild;

import io.movingdata.consistency.tool.CommandFrame;
import io.movingdata.consistency.tool.Options;
import io.movingdata.consistency.tool.ToolNode;
import io.movingdata.core.json.Json;
import io.movingdata.core.launch.Command;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/**
 * {@code rebuild}: makes the files of an empty catalog anew from the stores alone. Ends with 0
 * where every object of ours was taken for what it is, 1 where some could not be, 2 where nothing
 * was done: a wrong use, a catalog that is not empty, a store that does not answer.
 */
public final class RebuildCommand implements Command {
  private static final String DRY_RUN = "--dry-run";
  private static final String JSON = "--json";
  private static final String USAGE =
      """
      usage: rebuild [--dry-run] [--json]
        --dry-run  read all stores and report, write nothing
        --json     one JSON object on stdout""";

  @Override
  public String name() {
    return "rebuild";
  }

  @Override
  public String summary() {
    return "make the files of an empty catalog anew from the stores alone";
  }

  @Override
  public int run(List<String> arguments, PrintStream out, PrintStream err) {
    return CommandFrame.run(name(), USAGE, err, () -> rebuild(arguments, out, err));
  }

  private static int rebuild(List<String> arguments, PrintStream out, PrintStream err)
      throws InterruptedException {
    Options options = Options.parse(arguments, Set.of(DRY_RUN, JSON), Set.of());
    boolean dryRun = options.has(DRY_RUN);
    RebuildReport report;
    try (ToolNode tool = ToolNode.start(options.conf(), System.getenv(), dryRun)) {
      report = tool.run(node -> new Rebuild(node, dryRun, err).run());
    }
    if (options.has(JSON)) {
      out.println(Json.toBuffer(report));
    } else {
      report.lines().forEach(out::println);
    }
    return report.exitCode();
  }
}
