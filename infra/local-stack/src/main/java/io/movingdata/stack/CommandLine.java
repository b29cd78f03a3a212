package io.movingdata.stack;

import io.movingdata.stack.gcs.GcsAccess;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the launcher's arguments and collects every fault before it refuses them. */
final class CommandLine {

  private final List<String> faults = new ArrayList<>();
  private final Map<String, Consumer<String>> options = new LinkedHashMap<>();
  private final Set<ServerKind> servers = EnumSet.noneOf(ServerKind.class);
  private final Map<ServerKind, Integer> ports = new EnumMap<>(ServerKind.class);
  private Path data;
  private String host = "127.0.0.1";
  private String s3AccessKey = "minio";
  private String s3SecretKey = "minio12345";
  private Optional<String> gcsToken = Optional.empty();
  private Optional<RSAPublicKey> gcsKey = Optional.empty();
  private Path azuriteDir = besideTheBuild();
  private Optional<Long> parentPid = Optional.empty();

  CommandLine() {
    options.put("--data", value -> data = path("--data", value));
    options.put("--host", value -> host = value);
    options.put("--s3-access-key", value -> s3AccessKey = value);
    options.put("--s3-secret-key", value -> s3SecretKey = value);
    options.put("--gcs-token", value -> gcsToken = Optional.of(value));
    options.put("--gcs-public-key", value -> gcsKey = key("--gcs-public-key", value));
    options.put("--azurite-dir", value -> azuriteDir = path("--azurite-dir", value));
    options.put(
        "--parent-pid",
        value -> parentPid = Optional.of(number("--parent-pid", value, Long.MAX_VALUE)));
    for (ServerKind kind : ServerKind.values()) {
      ports.put(kind, kind.defaultPort());
      String option = kind.portOption();
      options.put(option, value -> ports.put(kind, (int) number(option, value, 65_535)));
    }
  }

  StackOptions parse(String... args) throws UsageException {
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (!arg.startsWith("--")) {
        addServer(arg);
      } else if (!options.containsKey(arg)) {
        faults.add("unknown option " + arg + "; known are " + String.join(" ", options.keySet()));
      } else if (i + 1 == args.length || args[i + 1].startsWith("--")) {
        faults.add(arg + " needs a value");
      } else {
        options.get(arg).accept(args[++i]);
      }
    }
    if (servers.isEmpty()) {
      faults.add("name at least one server, or all: " + words());
    }
    if (data == null) {
      faults.add("--data DIR is missing: the folder where the servers keep their data");
    }
    findDoublePorts();
    if (!faults.isEmpty()) {
      throw new UsageException(faults);
    }
    GcsAccess gcsAccess = new GcsAccess(gcsToken, gcsKey);
    return new StackOptions(
        servers, data, host, ports, s3AccessKey, s3SecretKey, gcsAccess, azuriteDir, parentPid);
  }

  /** How the launcher is called, in a few lines. */
  static String usage() {
    String ports =
        Stream.of(ServerKind.values())
            .map(kind -> kind.portOption() + " " + kind.defaultPort())
            .collect(Collectors.joining(", "));
    return """
        Usage: LocalStack <all | %s ...> --data DIR [options]
          --host ADDRESS   the address to listen on (default 127.0.0.1)
          --parent-pid N   stop when that process is gone
          ports, 0 for any free one: %s
          --s3-access-key KEY --s3-secret-key SECRET   (default minio, minio12345)
          --gcs-token TOKEN         ask GCS callers for this bearer token
          --gcs-public-key PEM      issue tokens to the service account of this key, at /token
          --azurite-dir DIR   where Azurite is installed, at first use (default %s)"""
        .formatted(words(), ports, besideTheBuild());
  }

  /** The module's folder azurite, seen from its classes or its jar in target. */
  private static Path besideTheBuild() {
    try {
      Path code =
          Path.of(LocalStack.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return code.resolveSibling("../azurite").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the code lies at no path", e);
    }
  }

  private static String words() {
    return Stream.of(ServerKind.values()).map(ServerKind::word).collect(Collectors.joining(" "));
  }

  private void addServer(String word) {
    if (word.equals("all")) {
      servers.addAll(EnumSet.allOf(ServerKind.class));
      return;
    }
    ServerKind.ofWord(word)
        .ifPresentOrElse(
            servers::add,
            () -> faults.add("unknown server " + word + "; known are all " + words()));
  }

  private void findDoublePorts() {
    Map<Integer, ServerKind> seen = new LinkedHashMap<>();
    for (ServerKind kind : servers) {
      int port = ports.get(kind);
      ServerKind other = port == 0 ? null : seen.putIfAbsent(port, kind);
      if (other != null) {
        faults.add(
            other.portOption()
                + " and "
                + kind.portOption()
                + " are both "
                + port
                + "; change one");
      }
    }
  }

  private Path path(String option, String value) {
    try {
      return Path.of(value).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      faults.add(option + " is not a path: " + value);
      return Path.of("");
    }
  }

  private Optional<RSAPublicKey> key(String option, String value) {
    try {
      return Optional.of(GcsAccess.readKey(path(option, value)));
    } catch (IOException e) {
      faults.add(option + " is no RSA public key in PEM: " + e.getMessage());
      return Optional.empty();
    }
  }

  private long number(String option, String value, long max) {
    try {
      long number = Long.parseLong(value);
      if (number >= 0 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    faults.add(option + " must be a number from 0 to " + max + ", but is " + value);
    return 0;
  }
}
