package io.movingdata.consistency.tool;

import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;

/** Says every few seconds how far a command is. */
public final class Progress {
  private static final long INTERVAL_MS = 5_000;

  private final Vertx vertx;
  private final long timer;

  private Progress(Vertx vertx, long timer) {
    this.vertx = vertx;
    this.timer = timer;
  }

  /** Starts; {@code line} is asked on the caller's context. */
  public static Progress start(Vertx vertx, PrintStream err, Supplier<String> line) {
    return new Progress(vertx, vertx.setPeriodic(INTERVAL_MS, tick -> err.println(line.get())));
  }

  /** Stops. */
  public void stop() {
    vertx.cancelTimer(timer);
  }

  /** Bytes as people read them. */
  public static String size(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    String[] units = {"kB", "MB", "GB", "TB", "PB"};
    double value = bytes;
    int unit = -1;
    do {
      value /= 1_000;
      unit++;
    } while (value >= 999.95 && unit < units.length - 1);
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
