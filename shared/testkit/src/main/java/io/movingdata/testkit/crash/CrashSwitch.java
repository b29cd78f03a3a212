package io.movingdata.testkit.crash;

import io.movingdata.core.crash.CrashPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The other side of {@link FreezeAtPoint}: orders one process to stop at a point, at any time of
 * its life, and tells whether it has. Both sides talk through files of one folder.
 */
public final class CrashSwitch {
  private final Path order;
  private final Path marker;
  private int given;

  /** A switch whose files lie in a folder of its own. */
  public CrashSwitch(Path folder) {
    this.order = folder.resolve("order");
    this.marker = folder.resolve("marker");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the probe's classes are: the process needs them on its class path. */
  public static Path classPath() {
    try {
      return Path.of(
          FreezeAtPoint.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the process's JVM must be told. */
  public List<String> javaOptions() {
    return List.of(
        "-D" + FreezeAtPoint.ORDER + "=" + order, "-D" + FreezeAtPoint.MARKER + "=" + marker);
  }

  /** The process shall stop when it reaches the point the n-th time from now, from 1. */
  public void arm(CrashPoint point, int hit) {
    try {
      Files.deleteIfExists(marker);
      Path next = order.resolveSibling("order.next");
      Files.writeString(next, new CrashOrder(point, hit, Integer.toString(++given)).text());
      Files.move(next, order, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It shall not stop. */
  public void disarm() {
    try {
      Files.deleteIfExists(order);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it has come to where it shall stop; it stops at that moment. */
  public boolean reached() {
    try {
      return Files.readString(marker).endsWith("\n");
    } catch (NoSuchFileException notYet) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
