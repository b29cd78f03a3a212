package io.movingdata.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.testkit.process.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/**
 * The command that compares a pass over a whole location with a plain listing of it. Exit code 0:
 * measured; 1: something failed, or the pass found fault with a healthy object; 2: a wrong command
 * line.
 */
public final class ScrubBench {
  private static final int UPLOADERS = 16;
  private static final int SAY_EACH = 10_000;

  private final ScrubOptions options;
  private final Optional<Path> rclone;
  private final Path folder = RepositoryRoot.find().resolve("infra/bench/target");

  private ScrubBench(ScrubOptions options, Optional<Path> rclone) {
    this.options = options;
    this.rclone = rclone;
  }

  /** Measures what the arguments say. */
  public static void main(String[] arguments) {
    System.exit(command(List.of(arguments)));
  }

  private static int command(List<String> arguments) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      System.out.print(ScrubOptions.USAGE);
      return 0;
    }
    ScrubOptions options;
    Optional<Path> rclone;
    try {
      options = ScrubOptions.parse(arguments);
      rclone = Rclone.find(System.getenv());
    } catch (IllegalArgumentException wrong) {
      System.err.println("infra/bench/scrub: " + wrong.getMessage());
      System.err.print(ScrubOptions.USAGE);
      return 2;
    }
    try {
      return new ScrubBench(options, rclone).run() ? 0 : 1;
    } catch (IOException | RuntimeException failure) {
      System.err.println("infra/bench/scrub: " + failure.getMessage());
      return 1;
    }
  }

  /** False where a healthy object was found fault with. */
  private boolean run() throws IOException {
    if (rclone.isEmpty()) {
      System.err.println(Rclone.REMEDY);
    }
    Path data = folder.resolve("scrub");
    Folders.delete(data);
    Files.createDirectories(data);
    try (Servers servers = Servers.start(data.resolve("servers"), new CpuMeter());
        Node node = Node.start(servers, folder.resolve("scrub-node.log"))) {
      Api api = new Api(node.address());
      Awaitility.await("the catalog").atMost(Duration.ofMinutes(2)).until(api::ready);
      api.seed();
      fill(api);
      return measure(api, node, peer(api, data, servers));
    } finally {
      Folders.delete(data);
    }
  }

  private boolean measure(Api api, Node node, Listing peer) {
    PeakMemory memory = new PeakMemory(node.handle());
    List<Double> passes = new ArrayList<>();
    List<Double> listings = new ArrayList<>();
    long peak = 0;
    long faults = 0;
    for (int round = 0; round <= options.rounds(); round++) {
      memory.reset();
      JsonNode pass = pass(api, "light");
      peak = Math.max(peak, memory.mib().orElse(0));
      faults += faults(pass);
      if (round > 0) {
        passes.add(seconds(pass));
      }
      if (peer != null) {
        double listed = peer.seconds(options.objects());
        if (round > 0) {
          listings.add(listed);
        }
      }
    }
    System.out.printf(
        "%n%d objects of %d bytes at %s; medians of %d rounds%n%n",
        options.objects(), options.size(), options.location(), options.rounds());
    System.out.println("| | objects a second | seconds | least | most |");
    System.out.println("|---|---|---|---|---|");
    line("light pass", passes);
    if (!listings.isEmpty()) {
      line("rclone size --fast-list", listings);
    }
    if (options.deep()) {
      memory.reset();
      JsonNode pass = pass(api, "deep");
      peak = Math.max(peak, memory.mib().orElse(0));
      faults += faults(pass);
      line("deep pass", List.of(seconds(pass)));
    }
    System.out.printf(
        "%nhealthy objects found fault with: %d%nmost resident memory of the node during a pass:"
            + " %s%n",
        faults, peak == 0 ? "not known here" : peak + " MiB");
    return faults == 0;
  }

  private void line(String name, List<Double> seconds) {
    Statistics all = new Statistics(seconds);
    System.out.printf(
        "| %s | %.0f | %.1f | %.1f | %.1f |%n",
        name, options.objects() / all.median(), all.median(), all.min(), all.max());
  }

  private JsonNode pass(Api api, String kind) {
    String id = api.startPass(kind);
    AtomicReference<JsonNode> pass = new AtomicReference<>();
    Awaitility.await("the pass")
        .atMost(Duration.ofHours(6))
        .pollInterval(Duration.ofMillis(250))
        .until(
            () -> {
              pass.set(api.pass(id));
              return pass.get().hasNonNull("finished_at");
            });
    long examined = examined(pass.get());
    if (examined != options.objects()) {
      throw new IllegalStateException(
          "the pass examined %d of %d objects: %s"
              .formatted(examined, options.objects(), pass.get()));
    }
    return pass.get();
  }

  private static double seconds(JsonNode pass) {
    return Duration.between(
                Instant.parse(pass.path("started_at").asText()),
                Instant.parse(pass.path("finished_at").asText()))
            .toMillis()
        / 1e3;
  }

  /** At the location that is measured; elsewhere there are the few objects of the seed. */
  private long examined(JsonNode pass) {
    long examined = 0;
    for (JsonNode shard : pass.path("shards")) {
      if (shard.path("location").asText().equals(options.location())) {
        examined += shard.path("examined").asLong();
      }
    }
    return examined;
  }

  private static long faults(JsonNode pass) {
    return sum(pass, "found") + sum(pass, "unknown");
  }

  private static long sum(JsonNode pass, String field) {
    long sum = 0;
    for (JsonNode shard : pass.path("shards")) {
      sum += shard.path(field).asLong();
    }
    return sum;
  }

  private void fill(Api api) {
    ExecutorService threads = Executors.newFixedThreadPool(UPLOADERS);
    AtomicInteger next = new AtomicInteger();
    try {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < UPLOADERS; i++) {
        all.add(CompletableFuture.runAsync(() -> upload(api, next), threads));
      }
      all.forEach(CompletableFuture::join);
    } finally {
      threads.shutdownNow();
    }
  }

  private void upload(Api api, AtomicInteger next) {
    byte[] content = new byte[options.size()];
    for (int i = next.getAndIncrement(); i < options.objects(); i = next.getAndIncrement()) {
      new Random(i).nextBytes(content);
      api.upload("scrub/%07d".formatted(i), content, options.location());
      if ((i + 1) % SAY_EACH == 0) {
        System.err.printf("stored %d of %d%n", i + 1, options.objects());
      }
    }
  }

  /** A plain listing by rclone; null without it. */
  private Listing peer(Api api, Path data, Servers servers) throws IOException {
    if (rclone.isEmpty()) {
      return null;
    }
    Rclone command = Rclone.configured(rclone.get(), data, servers);
    String store = options.location() + "-store:" + api.bucket(options.location());
    return objects -> {
      long start = System.nanoTime();
      String listed = command.run("size", "--fast-list", "--json", store);
      double seconds = (System.nanoTime() - start) / 1e9;
      if (!listed.contains("\"count\":" + objects + ",")) {
        throw new IllegalStateException("rclone lists other objects: " + listed);
      }
      return seconds;
    };
  }

  /** Lists a location. */
  private interface Listing {
    /** Seconds for all of so many objects. */
    double seconds(int objects);
  }
}
