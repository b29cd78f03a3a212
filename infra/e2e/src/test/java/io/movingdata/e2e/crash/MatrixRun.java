package io.movingdata.e2e.crash;

import io.movingdata.core.judge.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;

/** Tries cells in a few lanes at once. */
final class MatrixRun {
  private final long seed;
  private final int lanes;
  private final Path folder;
  private final ExecutorService executor;
  private final List<Result> results = Collections.synchronizedList(new ArrayList<>());
  private final List<Violation> violations = Collections.synchronizedList(new ArrayList<>());

  /**
   * A run.
   *
   * @param lanes how many systems of several nodes work side by side; one of a single node more
   */
  MatrixRun(long seed, int lanes, Path folder, ExecutorService executor) {
    this.seed = seed;
    this.lanes = lanes;
    this.folder = folder;
    this.executor = executor;
  }

  /** Tries all the cells. */
  MatrixReport run(List<Cell> cells) {
    Instant begun = Instant.now();
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (boolean clustered : new boolean[] {true, false}) {
      Queue<Cell> queue = new ConcurrentLinkedQueue<>();
      cells.stream().filter(cell -> clustered == cell.fault().nodes() > 1).forEach(queue::add);
      int count = Math.min(queue.size(), clustered ? lanes : 1);
      for (int i = 0; i < count; i++) {
        running.add(CompletableFuture.runAsync(() -> lane(clustered, queue), executor));
      }
    }
    running.forEach(CompletableFuture::join);
    List<Result> sorted = new ArrayList<>(results);
    sorted.sort((a, b) -> a.cell().id().compareTo(b.cell().id()));
    return new MatrixReport(
        seed, sorted, List.copyOf(violations), Duration.between(begun, Instant.now()));
  }

  /** One cell after another; where one failed the next begins with a new system. */
  private void lane(boolean clustered, Queue<Cell> queue) {
    while (!queue.isEmpty()) {
      try (Lane lane = Lane.open(clustered, folder, executor)) {
        boolean sound = true;
        for (Cell cell = queue.poll(); cell != null; cell = sound ? queue.poll() : null) {
          sound = tryOne(lane, cell);
        }
        if (sound) {
          judge(lane);
        }
      }
    }
  }

  /**
   * A cell is judged by what it left; all of a lane together also by what it asked of providers.
   */
  private void judge(Lane lane) {
    List<Violation> found = lane.judge();
    found.forEach(violation -> System.out.println("VIOLATION " + violation));
    violations.addAll(found);
  }

  private boolean tryOne(Lane lane, Cell cell) {
    Result result = new CellRun(lane, cell, seed).run();
    results.add(result);
    System.out.println(MatrixReport.line(result));
    if (result.passed()) {
      lane.forget();
    } else {
      System.out.println(
          "  logs: " + lane.logs() + "\n  again: " + MatrixReport.replay(seed, cell));
    }
    return result.passed();
  }
}
