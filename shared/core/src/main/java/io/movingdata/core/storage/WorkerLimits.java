package io.movingdata.core.storage;

import java.time.Duration;

/**
 * How much one storage worker takes on.
 *
 * @param sessions reads and writes that may be open at the same time
 * @param idle after how long without a request a session is closed
 * @param bufferedBytes bytes of parts that may wait for their provider, all writes together
 * @param readAhead bytes of a read that are fetched before anybody asks
 */
public record WorkerLimits(int sessions, Duration idle, long bufferedBytes, int readAhead) {
  private static final double HEAP_SHARE = 0.05;

  /** For a node: 256 sessions, 60 s, a twelfth of the heap, 2 MiB. */
  public static WorkerLimits standard() {
    long buffered = (long) (Runtime.getRuntime().maxMemory() * HEAP_SHARE);
    return new WorkerLimits(256, Duration.ofSeconds(60), buffered, 2 * 1024 * 1024);
  }

  /** The same with another idle time. */
  public WorkerLimits withIdle(Duration time) {
    return new WorkerLimits(sessions, time, bufferedBytes, readAhead);
  }
}
