package io.movingdata.consistency.verify;

import io.movingdata.core.launch.NodeContext;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Lets verification read only so fast, and less while the machine is busy: users come first. Bytes
 * are paid for before they are read, so one large object makes what follows wait.
 */
public final class Throttle {
  private static final double BUSY = 0.8;
  private static final long BUSY_WAIT_MS = 100;
  private static final int MOST_BUSY_WAITS = 20;
  private static final long BYTES_A_WAIT = 1024 * 1024;

  private final NodeContext node;
  private final long bytesPerSecond;
  private final DoubleSupplier load;
  private long freeAtNanos;

  /** A throttle at the configured rate. */
  public Throttle(NodeContext node) {
    this(node, node.config().consistency().bytesPerSecond(), systemLoad());
  }

  Throttle(NodeContext node, long bytesPerSecond, DoubleSupplier load) {
    this.node = node;
    this.bytesPerSecond = bytesPerSecond;
    this.load = load;
    this.freeAtNanos = node.nanoTime().getAsLong();
  }

  private static DoubleSupplier systemLoad() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system::getCpuLoad
        : () -> 0;
  }

  /** Waits until so many bytes may be read. */
  public Future<Void> take(long bytes) {
    long now = node.nanoTime().getAsLong();
    long from = freeAtNanos - now > 0 ? freeAtNanos : now;
    double seconds = (double) bytes / bytesPerSecond;
    freeAtNanos = from + Math.round(seconds * TimeUnit.SECONDS.toNanos(1));
    long waitMs = TimeUnit.NANOSECONDS.toMillis(from - now);
    Future<Void> turn =
        waitMs > 0
            ? node.vertx().timer(waitMs, TimeUnit.MILLISECONDS).mapEmpty()
            : Future.succeededFuture();
    return turn.compose(ready -> whileBusy(busyWaits(bytes)));
  }

  /** Small objects wait little: what they cost is little, too. */
  private static int busyWaits(long bytes) {
    return (int) Math.min(MOST_BUSY_WAITS, 1 + bytes / BYTES_A_WAIT);
  }

  private Future<Void> whileBusy(int waits) {
    return waits == 0 || load.getAsDouble() < BUSY
        ? Future.succeededFuture()
        : node.vertx()
            .timer(BUSY_WAIT_MS, TimeUnit.MILLISECONDS)
            .compose(waited -> whileBusy(waits - 1));
  }
}
