package io.movingdata.testkit.crash;

import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.crash.CrashProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stops the whole process (SIGSTOP) when it reaches one point for the n-th time, once. Whoever
 * started it sees the point's name in a file, and kills the process there or lets it go on
 * (SIGCONT).
 */
public final class FreezeAtPoint implements CrashProbe {
  /** System property: the point's name; nothing ever happens without it. */
  public static final String POINT = "movingdata.crash.point";

  /** System property: at which time it is reached, from 1. */
  public static final String HIT = "movingdata.crash.hit";

  /** System property: the file that receives the point's name. */
  public static final String MARKER = "movingdata.crash.marker";

  private final CrashPoint wanted;
  private final int hit;
  private final AtomicInteger hits = new AtomicInteger();

  /** A probe as the system properties say. */
  public FreezeAtPoint() {
    String name = System.getProperty(POINT);
    this.wanted = name == null ? null : CrashPoint.valueOf(name);
    this.hit = Integer.getInteger(HIT, 1);
  }

  @Override
  public void reached(CrashPoint point) {
    if (point == wanted && hits.incrementAndGet() == hit) {
      freeze(point);
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
