package io.movingdata.telemetry.broker;

import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.model.OutboxEntry;
import java.util.List;

/**
 * The topics that there are.
 *
 * @param access access events, by file id
 * @param moves ended moves, by file id
 * @param deadLetters records of {@code access} that are no events, with the reason in a header
 */
public record Topics(String access, String moves, String deadLetters) {
  static Topics of(NodeConfig.Kafka kafka) {
    String access = kafka.topicAccess();
    return new Topics(access, kafka.topicMoves(), access + ".dead-letters");
  }

  /** The topic of a kind of fact. */
  public String of(OutboxEntry.Kind kind) {
    return switch (kind) {
      case ACCESS -> access;
      case MOVE -> moves;
    };
  }

  List<String> all() {
    return List.of(access, moves, deadLetters);
  }
}
