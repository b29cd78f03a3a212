package io.movingdata.testkit.crash;

import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.crash.CrashProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Stops the whole process (SIGSTOP) when it reaches one point for the n-th time, once. Whoever
 * started it sees the point's name in a file, and kills the process there or lets it go on
 * (SIGCONT). The point is given when the process starts, or at any time after that: see {@link
 * CrashSwitch}.
 */
public final class FreezeAtPoint implements CrashProbe {
  /** System property: the point's name; nothing happens without it or {@link #ORDER}. */
  public static final String POINT = "movingdata.crash.point";

  /** System property: at which time it is reached, from 1. */
  public static final String HIT = "movingdata.crash.hit";

  /** System property: the file that receives the point's name. */
  public static final String MARKER = "movingdata.crash.marker";

  /** System property: a file that orders, while it exists, where to stop next. */
  public static final String ORDER = "movingdata.crash.order";

  private final CrashOrder initial;
  private final Path orders;
  private CrashOrder current;
  private int hits;

  /** A probe as the system properties say. */
  public FreezeAtPoint() {
    String name = System.getProperty(POINT);
    String file = System.getProperty(ORDER);
    this.initial =
        name == null
            ? null
            : new CrashOrder(CrashPoint.valueOf(name), Integer.getInteger(HIT, 1), "start");
    this.orders = file == null ? null : Path.of(file);
    this.current = initial;
  }

  @Override
  public void reached(CrashPoint point) {
    if (due(point)) {
      freeze(point);
    }
  }

  private synchronized boolean due(CrashPoint point) {
    CrashOrder order = order();
    if (order == null) {
      return false;
    }
    if (!order.equals(current)) {
      current = order;
      hits = 0;
    }
    return point == order.point() && ++hits == order.hit();
  }

  private CrashOrder order() {
    if (orders == null) {
      return initial;
    }
    try {
      return CrashOrder.parse(Files.readString(orders));
    } catch (NoSuchFileException none) {
      return initial;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void freeze(CrashPoint point) {
    try {
      Files.writeString(
          Path.of(System.getProperty(MARKER)),
          point.name() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      String self = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-STOP", self).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
