package io.movingdata.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures ours and the peer in turn, pair after pair, round after round. */
final class Rounds {
  private static final List<List<String>> PEER_OPTIONS =
      List.of(List.of(), List.of("--transfers", "16"));

  private final BenchOptions options;
  private final OurSide ours;
  private final PeerSide peer;
  private final CpuMeter meter;
  private final PrintStream progress;
  private final List<Measurement> measurements = new ArrayList<>();

  /**
   * Rounds to come.
   *
   * @param peer null where there is none
   * @param meter of {@link Measurement#MOVER}, which is the node, and the servers
   */
  Rounds(BenchOptions options, OurSide ours, PeerSide peer, CpuMeter meter, PrintStream progress) {
    this.options = options;
    this.ours = ours;
    this.peer = peer;
    this.meter = meter;
    this.progress = progress;
  }

  List<Measurement> run(List<Load> loads) {
    for (int round = 0; round <= options.rounds(); round++) {
      for (Load load : loads) {
        for (Pair pair : options.pairs()) {
          ours(load, pair, round);
          if (peer != null) {
            peer(load, pair, round);
          }
        }
      }
    }
    return measurements;
  }

  private void ours(Load load, Pair pair, int round) {
    ours.bring(load, pair.from());
    Map<String, Double> before = meter.read();
    double seconds = timed(() -> ours.move(load, pair.to()));
    Map<String, Double> cpu = CpuMeter.between(before, meter.read());
    add(Measurement.OURS, load, pair, round, seconds, cpu);
  }

  private void peer(Load load, Pair pair, int round) {
    for (List<String> more : PEER_OPTIONS) {
      String folder = peer.prepare(load, pair.from());
      Map<String, Double> before = meter.read();
      double childrenBefore = EndedChildren.cpuSeconds();
      double seconds = timed(() -> peer.copy(pair, folder, more));
      Map<String, Double> cpu = CpuMeter.between(before, meter.read());
      cpu.put(Measurement.MOVER, EndedChildren.cpuSeconds() - childrenBefore);
      String side = more.isEmpty() ? "rclone" : "rclone " + String.join(" ", more);
      add(side, load, pair, round, seconds, cpu);
      peer.remove(pair, folder);
    }
  }

  private static double timed(Runnable run) {
    long start = System.nanoTime();
    run.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private void add(
      String side, Load load, Pair pair, int round, double seconds, Map<String, Double> cpu) {
    Measurement measured =
        new Measurement(
            side,
            load.name(),
            pair,
            round,
            load.count(),
            load.bytes(),
            seconds,
            new LinkedHashMap<>(cpu));
    measurements.add(measured);
    progress.printf(
        Locale.ROOT,
        "round %d  %-7s  %-9s  %-22s  %7.2f s  %7.1f objects/s  %6.1f MB/s%n",
        round,
        load.name(),
        pair,
        side,
        seconds,
        measured.objectsPerSecond(),
        measured.megabytesPerSecond());
  }
}
