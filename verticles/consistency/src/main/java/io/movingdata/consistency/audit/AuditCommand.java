package io.movingdata.consistency.audit;

import io.movingdata.consistency.tool.CommandFrame;
import io.movingdata.consistency.tool.Options;
import io.movingdata.consistency.tool.ToolNode;
import io.movingdata.core.json.Json;
import io.movingdata.core.launch.Command;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * {@code audit}: compares catalog and stores, and has the judge name every broken promise. Writes
 * nothing. Ends with 0 where nothing is wrong, 1 with violations, 2 for a wrong use or where
 * something could not be looked at.
 */
public final class AuditCommand implements Command {
  private static final String LIGHT = "--light";
  private static final String JSON = "--json";
  private static final String LOCATION = "--location";
  private static final String GRACE = "--grace";
  private static final long GRACE_S = 120;
  private static final String USAGE =
      """
      usage: audit [--light] [--location ID]… [--grace SECONDS] [--json]
        --light          compare sizes and metadata, read no content
        --location ID    look at this location alone; may be repeated
        --grace SECONDS  how long after its time work may wait (default 120); more where the nodes
                         have been stopped for a while
        --json           one JSON object on stdout""";

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public String summary() {
    return "compare catalog and stores, name everything that is wrong, change nothing";
  }

  @Override
  public int run(List<String> arguments, PrintStream out, PrintStream err) {
    return CommandFrame.run(name(), USAGE, err, () -> audit(arguments, out, err));
  }

  private static int audit(List<String> arguments, PrintStream out, PrintStream err)
      throws InterruptedException {
    Options options = Options.parse(arguments, Set.of(LIGHT, JSON), Set.of(LOCATION, GRACE));
    Duration grace = Duration.ofSeconds(options.seconds(GRACE, GRACE_S));
    AuditReport report;
    try (ToolNode tool = ToolNode.start(options.conf(), System.getenv(), true)) {
      List<String> locations = tool.locations(options.values(LOCATION));
      report = tool.run(node -> new Audit(node, locations, options.has(LIGHT), grace, err).run());
    }
    if (options.has(JSON)) {
      out.println(Json.toBuffer(report));
    } else {
      report.lines().forEach(out::println);
    }
    return report.exitCode();
  }
}
