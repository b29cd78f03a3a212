package io.movingdata.core.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.movingdata.core.config.ConfigException;
import io.movingdata.core.config.ConfigLoader;
import io.movingdata.core.config.LoadedConfig;
import io.movingdata.core.config.VariableTable;
import io.movingdata.core.json.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * The one entry point: runs a node, shows or checks its configuration, or runs a command that a
 * module on the class path offers.
 */
public final class Launcher {
  private static final int OK = 0;
  private static final int WRONG_USE = 2;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final List<NodeRole> roles;
  private final List<Command> commands;

  Launcher(
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      List<NodeRole> roles,
      List<Command> commands) {
    this.environment = environment;
    this.out = out;
    this.err = err;
    this.roles = roles;
    this.commands = commands;
  }

  /** Hazelcast's own start is logged before its configuration is read. */
  private static void logEverythingThroughSlf4j() {
    System.setProperty("hazelcast.logging.type", "slf4j");
    System.setProperty(
        "vertx.logger-delegate-factory-class-name",
        "io.vertx.core.logging.SLF4JLogDelegateFactory");
  }

  /** Exits with 0 when all is well, 1 when a node or command fails, 2 for a wrong use. */
  public static void main(String[] arguments) throws InterruptedException {
    logEverythingThroughSlf4j();
    Launcher launcher =
        new Launcher(
            System.getenv(), System.out, System.err, found(NodeRole.class), found(Command.class));
    System.exit(launcher.run(List.of(arguments)));
  }

  private static <T> List<T> found(Class<T> service) {
    return ServiceLoader.load(service).stream().map(ServiceLoader.Provider::get).toList();
  }

  int run(List<String> arguments) throws InterruptedException {
    List<String> rest = new ArrayList<>(arguments);
    Path conf = Path.of("conf");
    if (!rest.isEmpty() && rest.get(0).equals("--conf")) {
      if (rest.size() < 2) {
        return wrongUse("--conf needs a folder");
      }
      conf = Path.of(rest.get(1));
      rest.subList(0, 2).clear();
    }
    String word = rest.isEmpty() ? "" : rest.remove(0);
    try {
      return run(word, rest, conf);
    } catch (ConfigException e) {
      err.println(e.getMessage());
      return WRONG_USE;
    }
  }

  private int run(String word, List<String> rest, Path conf) throws InterruptedException {
    return switch (word) {
      case "" -> new NodeProcess().run(load(conf).config(), roles, out);
      case "--print-config" -> say(pretty(load(conf)));
      case "--check-config" -> check(conf);
      case "help", "--help", "-h" -> say(help(rest, conf));
      default -> command(word, rest, conf);
    };
  }

  private int say(String text) {
    out.println(text);
    return OK;
  }

  private int check(Path conf) {
    LoadedConfig loaded = load(conf);
    return say("the configuration is valid for profile " + loaded.config().profile());
  }

  private LoadedConfig load(Path conf) {
    List<String> known = roles.stream().map(NodeRole::name).toList();
    LoadedConfig loaded = ConfigLoader.load(conf, environment, known);
    loaded.warnings().forEach(warning -> err.println("warning: " + warning));
    return loaded;
  }

  private int command(String word, List<String> rest, Path conf) {
    Optional<Command> command = commands.stream().filter(c -> c.name().equals(word)).findFirst();
    if (command.isEmpty()) {
      return wrongUse("there is no command " + word);
    }
    List<String> arguments = new ArrayList<>(List.of("--conf", conf.toString()));
    arguments.addAll(rest);
    return command.get().run(arguments, out, err);
  }

  private int wrongUse(String problem) {
    err.println(problem + "; help tells more");
    return WRONG_USE;
  }

  private String help(List<String> rest, Path conf) {
    if (rest.equals(List.of("variables"))) {
      return VariableTable.markdown(conf);
    }
    String words =
        commands.stream()
            .sorted(Comparator.comparing(Command::name))
            .map(c -> "  %-17s %s%n".formatted(c.name(), c.summary()))
            .collect(Collectors.joining());
    return """
    usage: launcher [--conf DIR] [WORD …]

      (no word)         run a node
      --print-config    show the configuration in force and where each value comes from
      --check-config    say what is wrong with the configuration
      help variables    list the environment variables
    %s
    roles: %s\
    """
        .formatted(words, roles.stream().map(NodeRole::name).sorted().toList());
  }

  private static String pretty(LoadedConfig loaded) {
    try {
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(loaded.effective());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can be written", e);
    }
  }
}
