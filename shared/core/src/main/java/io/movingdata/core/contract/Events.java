package io.movingdata.core.contract;

import io.movingdata.core.bus.Topic;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveState;
import java.time.Instant;
import java.util.List;

/** What nodes tell one another in passing. A lost event costs time, never truth. */
public final class Events {
  /** A move changed its state or made progress. */
  public static final Topic<MoveEvent> MOVE = topic("move", MoveEvent.class);

  /** A file was made, changed, placed elsewhere or deleted. */
  public static final Topic<FileEvent> FILE = topic("file", FileEvent.class);

  /** A node is alive; published every two seconds by each. */
  public static final Topic<NodeTick> NODE = topic("node", NodeTick.class);

  /** There is work for movers or collectors. */
  public static final Topic<WorkHint> WORK = topic("work", WorkHint.class);

  private Events() {}

  private static <E> Topic<E> topic(String what, Class<E> type) {
    return new Topic<>("movingdata.event." + what, type);
  }

  /** A move as it stands; {@code bytesPerSecond} 0 where it does not run. */
  public record MoveEvent(
      String moveId,
      String fileId,
      MoveKind kind,
      String from,
      String target,
      MoveState state,
      long bytesDone,
      long bytesTotal,
      double bytesPerSecond,
      String jobId,
      String error,
      Instant at) {}

  /** {@code change}: placed, deleted. */
  public record FileEvent(
      String fileId, long version, String change, String reason, String primary, Instant at) {}

  /** A node's own words about itself. */
  public record NodeTick(
      String nodeId, String host, List<String> roles, long uptimeS, String version, Instant at) {}

  /** {@code what}: moves, garbage, jobs. */
  public record WorkHint(String what) {}
}
