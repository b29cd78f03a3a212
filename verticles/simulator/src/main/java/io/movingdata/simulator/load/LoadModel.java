package io.movingdata.simulator.load;

import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.AccessKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Use of files as it is seen in practice: a few files get most of it (Zipf), more by day than by
 * night, new files more than old ones, now and then a rush to one file, and every quarter of an
 * hour other files than before come into fashion. Pure: the same seed and times make the same
 * events.
 */
public final class LoadModel {
  private static final double ZIPF = 1.1;
  private static final long REGIME_MS = 15 * 60_000L;
  private static final double RUSH = 0.02;

  /**
   * A file that can be used.
   *
   * @param latencyMs what a read of it usually takes, ms
   */
  public record Subject(String fileId, long bytes, double latencyMs) {}

  private final long seed;
  private final Random random;
  private long numbered;
  private Subject rushed;
  private int rush;

  public LoadModel(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** Events relative to the day's average at an hour: between a fifth and twice. */
  static double rhythm(Instant now) {
    double hour = now.atZone(ZoneOffset.UTC).toLocalTime().toSecondOfDay() / 3_600.0;
    return 1.1 - 0.9 * Math.cos((hour - 3) / 24 * 2 * Math.PI);
  }

  /** How many events a time of some seconds has. */
  public int count(double perMinute, double seconds, Instant now) {
    double expected = perMinute * rhythm(now) * seconds / 60;
    // Poisson, as independent clients make it.
    double limit = Math.exp(-Math.min(expected, 500));
    int count = 0;
    for (double product = random.nextDouble(); product > limit; count++) {
      product *= random.nextDouble();
    }
    return count;
  }

  /** An event at a time; {@code files} newest first, not empty. */
  public AccessEvent next(List<Subject> files, Instant now) {
    Subject file = rush > 0 && files.contains(rushed) ? rushed : pick(files, now);
    rush = Math.max(0, rush - 1);
    if (random.nextDouble() < RUSH / 10) {
      rushed = file;
      rush = 20 + random.nextInt(80);
    }
    boolean read = random.nextDouble() < 0.9;
    boolean failed = random.nextDouble() < 0.004;
    double latency = file.latencyMs() * Math.exp(0.4 * random.nextGaussian());
    double temperature = 45 + 8 * random.nextGaussian();
    return new AccessEvent(
        "sim-" + Long.toHexString(seed) + "-" + now.toEpochMilli() + "-" + numbered++,
        file.fileId(),
        read ? AccessKind.READ : AccessKind.WRITE,
        now,
        "client-" + random.nextInt(40),
        read && !failed ? file.bytes() : 0,
        read || failed ? 0 : file.bytes(),
        Math.round(latency * 10) / 10.0,
        Math.round(temperature * 10) / 10.0,
        false,
        null,
        null,
        null,
        random.nextDouble() < 0.001,
        read && failed,
        failed && random.nextBoolean(),
        !failed,
        "simulator");
  }

  /** A rank by Zipf's law, of files in the order of the fashion that reigns. */
  private Subject pick(List<Subject> files, Instant now) {
    List<Subject> order = new ArrayList<>(files);
    Collections.shuffle(order, new Random(seed ^ now.toEpochMilli() / REGIME_MS));
    double sum = 0;
    for (int rank = 1; rank <= order.size(); rank++) {
      sum += 1 / Math.pow(rank, ZIPF);
    }
    double at = random.nextDouble() * sum;
    for (int rank = 1; rank <= order.size(); rank++) {
      at -= 1 / Math.pow(rank, ZIPF);
      if (at <= 0) {
        return order.get(rank - 1);
      }
    }
    return order.get(order.size() - 1);
  }
}
