package io.movingdata.rules.alert;

import io.movingdata.core.model.TimeId;
import java.time.Instant;

/** Something that holds now and that a person should know; {@code subject} null for the whole. */
record Condition(String kind, String subject, String message, double value, double threshold) {
  /** The same condition has the same id. */
  String id() {
    return subject == null ? kind : kind + "-" + TimeId.of(Instant.EPOCH, subject).substring(13);
  }
}
