package io.movingdata.e2e.crash;

import io.movingdata.core.crash.CrashPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Which cells a run tries. */
final class Matrix {
  private static final List<String> LOCATIONS = List.of("s3", "azure", "gcs");

  /** How often each fault occurs in a sample with a cell for each point. */
  private static final List<Fault> SAMPLED =
      List.of(
          Fault.KILL,
          Fault.KILL_AGAIN,
          Fault.FREEZE,
          Fault.KILL,
          Fault.KILL_RESTART,
          Fault.FREEZE_OVERWRITE,
          Fault.KILL,
          Fault.KILL_AGAIN,
          Fault.FREEZE_DELETE,
          Fault.KILL,
          Fault.KILL_RESTART,
          Fault.FREEZE_READ);

  private Matrix() {}

  /** The ordered pairs of different locations. */
  static List<List<String>> pairs() {
    List<List<String>> pairs = new ArrayList<>();
    for (String from : LOCATIONS) {
      for (String to : LOCATIONS) {
        if (!from.equals(to)) {
          pairs.add(List.of(from, to));
        }
      }
    }
    return pairs;
  }

  /**
   * Everything: a kill at every point in the usual act for each pair of locations; and at every
   * point, for a pair that the seed chooses, a kill in each other act and each other fault.
   */
  static List<Cell> full(long seed) {
    Random random = new Random(seed);
    Set<Cell> cells = new LinkedHashSet<>();
    for (CrashPoint point : CrashPoint.values()) {
      List<Act> acts = Points.acts(point);
      pairs().forEach(pair -> cells.add(cell(point, Fault.KILL, acts.get(0), pair)));
      acts.forEach(act -> cells.add(cell(point, Fault.KILL, act, pick(random, pairs()))));
      for (Fault fault : Fault.values()) {
        cells.add(cell(point, fault, act(fault, acts, random), pick(random, pairs())));
      }
    }
    return mixed(cells, random);
  }

  /** A cell for each point; every fault, and every pair of locations, occurs. */
  static List<Cell> sample(long seed) {
    Random random = new Random(seed);
    List<CrashPoint> points = new ArrayList<>(List.of(CrashPoint.values()));
    Collections.shuffle(points, random);
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      CrashPoint point = points.get(i);
      Fault fault = SAMPLED.get(i % SAMPLED.size());
      Act act = act(fault, Points.acts(point), random);
      cells.add(cell(point, fault, act, pairs().get(i % pairs().size())));
    }
    return cells;
  }

  /** Who takes over after two kills is known for the usual act alone. */
  private static Act act(Fault fault, List<Act> acts, Random random) {
    return fault == Fault.KILL_AGAIN ? acts.get(0) : pick(random, acts);
  }

  private static Cell cell(CrashPoint point, Fault fault, Act act, List<String> pair) {
    return new Cell(point, fault, act, pair.get(0), pair.get(1));
  }

  private static List<Cell> mixed(Set<Cell> cells, Random random) {
    List<Cell> order = new ArrayList<>(cells);
    Collections.shuffle(order, random);
    return order;
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
