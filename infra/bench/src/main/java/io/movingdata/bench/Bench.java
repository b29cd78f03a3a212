package io.movingdata.bench;

import io.movingdata.core.json.Json;
import io.movingdata.testkit.process.RepositoryRoot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * The command. Exit code 0: measured; 1: something failed, or an event loop was blocked; 2: a wrong
 * command line.
 */
public final class Bench {
  private final BenchOptions options;
  private final Path folder;
  private final Path data;
  private final Optional<Path> rclone;

  private Bench(BenchOptions options, Optional<Path> rclone) {
    this.options = options;
    this.rclone = rclone;
    this.folder = RepositoryRoot.find().resolve("infra/bench/target");
    this.data = folder.resolve("run");
  }

  /** Measures what the arguments say. */
  public static void main(String[] arguments) {
    System.exit(command(List.of(arguments)));
  }

  private static int command(List<String> arguments) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      System.out.print(BenchOptions.USAGE);
      return 0;
    }
    BenchOptions options;
    Optional<Path> rclone;
    try {
      options = BenchOptions.parse(arguments);
      rclone = Rclone.find(System.getenv());
    } catch (IllegalArgumentException wrong) {
      System.err.println("infra/bench/run: " + wrong.getMessage());
      System.err.print(BenchOptions.USAGE);
      return 2;
    }
    try {
      return new Bench(options, rclone).run() ? 0 : 1;
    } catch (IOException | RuntimeException failure) {
      System.err.println("infra/bench/run: " + failure.getMessage());
      return 1;
    }
  }

  /** False where an event loop was blocked. */
  private boolean run() throws IOException {
    if (rclone.isEmpty()) {
      System.err.println(Rclone.REMEDY);
    }
    Map<String, String> machine = machine();
    Folders.delete(data);
    Files.createDirectories(data);
    try {
      Results results = measured(machine);
      Path json = folder.resolve("results.json");
      Json.mapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), results);
      System.out.print(Report.of(results));
      System.out.println("All figures: " + json);
      return results.blocked().isEmpty();
    } finally {
      Folders.delete(data);
    }
  }

  private Results measured(Map<String, String> machine) throws IOException {
    SourceFiles files = new SourceFiles(data.resolve("source"));
    List<Load> loads = loads();
    Load singles = new Load(Load.SINGLES, options.singles(), options.size());
    for (Load load : loads) {
      files.write(load);
    }
    files.write(singles);
    CpuMeter meter = new CpuMeter();
    try (Servers servers = Servers.start(data.resolve("servers"), meter);
        Node node = Node.start(servers, folder.resolve("node.log"))) {
      meter.add(Measurement.MOVER, node.handle());
      Api api = new Api(node.address());
      Awaitility.await("the catalog").atMost(Duration.ofMinutes(2)).until(api::ready);
      api.seed();
      OurSide ours = new OurSide(api, files);
      PeerSide peer = rclone.isEmpty() ? null : peer(servers, files);
      List<Measurement> measurements =
          new Rounds(options, ours, peer, meter, System.err).run(loads);
      return new Results(
          machine, loads, measurements, singles(ours, singles), NodeLog.blocked(node.log()));
    }
  }

  private List<Load> loads() {
    List<Load> loads = new ArrayList<>();
    if (options.objects() > 0) {
      loads.add(new Load(Load.OBJECTS, options.objects(), options.size()));
    }
    if (options.bigMb() > 0) {
      loads.add(new Load(Load.LARGE, 1, options.bigBytes()));
    }
    return loads;
  }

  private PeerSide peer(Servers servers, SourceFiles files) throws IOException {
    return new PeerSide(Rclone.configured(rclone.orElseThrow(), data, servers), files);
  }

  private Map<String, List<Double>> singles(OurSide ours, Load singles) {
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    if (singles.count() > 0) {
      for (Pair pair : options.pairs()) {
        ours.bring(singles, pair.from());
        millis.put(pair.toString(), ours.moveSingly(singles, pair.to()));
      }
    }
    return millis;
  }

  private Map<String, String> machine() {
    Map<String, String> machine = new LinkedHashMap<>();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    machine.put(
        "machine",
        "%d cores, load before %.1f, Java %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                load,
                System.getProperty("java.version")));
    rclone.ifPresent(
        binary ->
            machine.put(
                "peer",
                new Rclone(binary, data.resolve("none")).run("version").lines().findFirst().get()));
    return machine;
  }
}
