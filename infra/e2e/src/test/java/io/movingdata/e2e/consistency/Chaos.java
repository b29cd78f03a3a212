package io.movingdata.e2e.consistency;

import io.movingdata.core.judge.CatalogDump;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.movingdata.testkit.net.FaultProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Damages copies, kills nodes and cuts providers off, as a seed decides. */
final class Chaos {
  private static final long OUTAGE_MS = 4_000;

  private final LocalSystem system;
  private final Tamper tamper;
  private final List<NodeProcess> nodes;
  private final List<FaultProxy> links;
  private final Random random;
  private final Set<String> damaged = new HashSet<>();
  private int kills;
  private int outages;

  Chaos(
      LocalSystem system,
      Tamper tamper,
      List<NodeProcess> nodes,
      List<FaultProxy> links,
      long seed) {
    this.system = system;
    this.tamper = tamper;
    this.nodes = nodes;
    this.links = links;
    this.random = new Random(seed);
  }

  /** What it did, in words. */
  String summary() {
    return damaged.size() + " copies damaged, " + kills + " nodes killed, " + outages + " outages";
  }

  /** Does harm until a time; afterwards everything runs again. */
  void run(Instant until) {
    while (Instant.now().isBefore(until)) {
      switch (random.nextInt(8)) {
        case 0 -> kill();
        case 1 -> cutOff();
        default -> damage();
      }
      pause(500 + random.nextInt(1_000));
    }
  }

  private void kill() {
    NodeProcess node = nodes.get(random.nextInt(nodes.size()));
    node.kill9();
    kills++;
    node.start();
  }

  private void cutOff() {
    FaultProxy link = links.get(random.nextInt(links.size()));
    outages++;
    link.refuse();
    link.reset();
    pause(OUTAGE_MS);
    link.heal();
  }

  /** One copy of a file that has another: of each content at most one. */
  private void damage() {
    CatalogDump now = system.witness().look();
    List<FileRecord> candidates =
        now.files().stream()
            .filter(file -> file.replicas().stream().filter(Replica::verified).count() > 1)
            .filter(file -> !damaged.contains(file.contentId()))
            .toList();
    if (candidates.isEmpty()) {
      return;
    }
    FileRecord file = candidates.get(random.nextInt(candidates.size()));
    Replica copy = file.replicas().get(random.nextInt(file.replicas().size()));
    damaged.add(file.contentId());
    try {
      if (random.nextInt(4) == 0) {
        tamper.delete(copy.location(), copy.key());
      } else {
        tamper.flipByte(copy.location(), copy.key());
      }
    } catch (AssertionError | RuntimeException moved) {
      // It was moved, and collected, in the meantime.
      damaged.remove(file.contentId());
    }
  }

  /** Time in which the system works. */
  static void pause(long ms) {
    new CompletableFuture<Void>()
        .completeOnTimeout(null, ms, TimeUnit.MILLISECONDS)
        .orTimeout(Duration.ofMinutes(1).toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
