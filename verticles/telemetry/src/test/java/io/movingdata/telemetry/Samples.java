package io.movingdata.telemetry;

import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.AccessKind;
import java.time.Instant;
import java.util.Random;

/** Events for tests. */
public final class Samples {
  private Samples() {}

  /** A read of a file at a time. */
  public static AccessEvent read(String id, String file, Instant ts) {
    return event(id, file, AccessKind.READ, ts, "c1", 1_000, 20.0, null);
  }

  /** An event. */
  public static AccessEvent event(
      String id,
      String file,
      AccessKind kind,
      Instant ts,
      String client,
      long bytes,
      Double latency,
      Double temperature) {
    boolean read = kind == AccessKind.READ;
    return new AccessEvent(
        id,
        file,
        kind,
        ts,
        client,
        read ? bytes : 0,
        read ? 0 : bytes,
        latency,
        temperature,
        temperature != null && temperature > 75,
        0.001,
        null,
        null,
        false,
        false,
        false,
        true,
        "test");
  }

  /** Any event of a file in the hour before a time. */
  public static AccessEvent random(Random random, int number, String file, Instant now) {
    return event(
        "e" + number,
        file,
        random.nextInt(4) == 0 ? AccessKind.WRITE : AccessKind.READ,
        now.minusSeconds(random.nextInt(3_600)),
        "client " + random.nextInt(40),
        random.nextInt(1_000_000),
        random.nextInt(5) == 0 ? null : 1 + random.nextDouble() * 400,
        random.nextInt(3) == 0 ? 60 + random.nextDouble() * 20 : null);
  }
}
