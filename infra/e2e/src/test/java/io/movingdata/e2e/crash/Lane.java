package io.movingdata.e2e.crash;

import io.movingdata.core.judge.ClientOperation;
import io.movingdata.core.judge.Violation;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.movingdata.testkit.crash.CrashSwitch;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A system in which cells are tried one after another. Nodes outlive cells unless a cell kills
 * them; new ones start while the cell before is still coming to rest.
 */
final class Lane implements AutoCloseable {
  /** All that takes part in a move. */
  private static final String ROLES =
      "storage-s3,storage-azure,storage-gcs,catalog,mover,telemetry,gateway";

  private final LocalSystem system;
  private final Residue residue;
  private final Executor executor;
  private final boolean clustered;
  private final Path switches;
  private final Deque<CompletableFuture<Peer>> peers = new ArrayDeque<>();
  private final List<Peer> gone = new ArrayList<>();
  private final List<ClientOperation> history = new ArrayList<>();
  private int names;

  private Lane(LocalSystem system, Executor executor, boolean clustered, Path switches) {
    this.system = system;
    this.residue = Residue.of(system);
    this.executor = executor;
    this.clustered = clustered;
    this.switches = switches;
  }

  /**
   * A lane without nodes.
   *
   * @param clustered whether nodes know one another, so that one takes over from another
   * @param folder for the files of the switches
   * @param executor for what happens side by side, without a bound
   */
  static Lane open(boolean clustered, Path folder, Executor executor) {
    LocalSystem system =
        LocalSystem.create("crash")
            .observed()
            .withClasses(CrashSwitch.classPath())
            .with("NODE_ROLES", ROLES)
            .with("MOVER_LEASE_MS", Long.toString(Timing.LEASE.toMillis()))
            .with("MOVER_POLL_MS", "250")
            .with("MOVER_RETRY_BASE_MS", "200")
            .with("MOVER_RETRY_CAP_MS", "2000")
            .with("COLLECT_GRACE_MS", Long.toString(Timing.GRACE.toMillis()))
            .with("COLLECT_INTERVAL_MS", "250")
            .with("COLLECT_STALE_MS", Long.toString(Timing.STALE.toMillis()));
    return new Lane(system, executor, clustered, folder.resolve(system.id()));
  }

  /** What the system has not finished. */
  Residue residue() {
    return residue;
  }

  /** Does something at the same time. */
  <T> CompletableFuture<T> async(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, executor);
  }

  /** The nodes that run now. */
  List<Peer> running() {
    return peers.stream()
        .filter(peer -> peer.isDone() && !peer.isCompletedExceptionally())
        .map(CompletableFuture::join)
        .toList();
  }

  /** So many running nodes, the oldest first. */
  List<Peer> peers(int count) {
    prepare(count);
    List<Peer> running = new ArrayList<>();
    for (CompletableFuture<Peer> peer : peers) {
      if (running.size() < count) {
        running.add(peer.join());
      }
    }
    return running;
  }

  /** Begins to start nodes until there are so many. */
  void prepare(int count) {
    while (peers.size() < count) {
      String name = "n" + ++names;
      // The first forms the cluster, later ones join it.
      CompletableFuture<?> first =
          peers.isEmpty() ? CompletableFuture.completedFuture(null) : peers.getFirst();
      peers.addLast(first.thenApplyAsync(ready -> start(name), executor));
    }
  }

  private Peer start(String name) {
    CrashSwitch crash = new CrashSwitch(switches.resolve(name));
    List<String> options = new ArrayList<>(LocalSystem.BRIEF);
    options.addAll(crash.javaOptions());
    String[] all = options.toArray(String[]::new);
    NodeProcess node = clustered ? system.clustered(name, all) : system.node(name, all);
    return new Peer(node, crash);
  }

  /** Kills a node for good. */
  void kill(Peer peer) {
    peers.removeIf(
        other -> other.isDone() && !other.isCompletedExceptionally() && other.join().equals(peer));
    peer.node().kill9();
    gone.add(peer);
  }

  /** Where its nodes write to. */
  String logs() {
    return system.nodeLogs().toString();
  }

  /** Adds what clients did in a cell to what the lane is judged by. */
  void add(List<ClientOperation> operations) {
    history.addAll(operations);
  }

  /** What is wrong with all that the lane's cells left, by every rule there is. */
  List<Violation> judge() {
    system.witness().awaitRest(Timing.REST);
    return system.witness().verdict(history);
  }

  /** Removes the logs of nodes that are gone. */
  void forget() {
    gone.forEach(peer -> peer.node().logFile().toFile().delete());
    gone.clear();
  }

  @Override
  public void close() {
    for (CompletableFuture<Peer> peer : peers) {
      peer.handle((started, failed) -> null).join();
    }
    system.close();
    residue.close();
  }
}
