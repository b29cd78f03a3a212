package io.movingdata.rules.alert;

import io.movingdata.core.model.Alert;
import java.time.Instant;

/** How an alert changes. Pure. */
final class AlertStates {
  static final String ACTIVE = "active";
  static final String ACKNOWLEDGED = "acknowledged";
  static final String RESOLVED = "resolved";

  private AlertStates() {}

  static boolean resolved(Alert alert) {
    return alert.state().equals(RESOLVED);
  }

  /** A condition that holds, and did not before. */
  static Alert raised(Condition condition, Instant now) {
    return new Alert(
        condition.id(),
        condition.kind(),
        condition.subject(),
        condition.message(),
        condition.value(),
        condition.threshold(),
        ACTIVE,
        now,
        now,
        null,
        null,
        null);
  }

  /** Its condition still holds. */
  static Alert seen(Alert alert, Condition still, Instant now) {
    return new Alert(
        alert.id(),
        alert.kind(),
        alert.subject(),
        still.message(),
        still.value(),
        still.threshold(),
        alert.state(),
        alert.raisedAt(),
        now,
        null,
        alert.acknowledgedBy(),
        alert.notified());
  }

  static Alert resolved(Alert alert, Instant now) {
    return with(alert, RESOLVED, now, alert.acknowledgedBy(), alert.notified());
  }

  static Alert acknowledged(Alert alert, String principal) {
    return with(alert, ACKNOWLEDGED, null, principal, alert.notified());
  }

  static Alert notified(Alert alert, String state) {
    return with(alert, alert.state(), alert.resolvedAt(), alert.acknowledgedBy(), state);
  }

  /** The state that the webhook is to be told, null where it knows. */
  static String untold(Alert alert) {
    String state = resolved(alert) ? RESOLVED : ACTIVE;
    return state.equals(alert.notified()) ? null : state;
  }

  private static Alert with(
      Alert alert, String state, Instant resolvedAt, String acknowledgedBy, String notified) {
    return new Alert(
        alert.id(),
        alert.kind(),
        alert.subject(),
        alert.message(),
        alert.value(),
        alert.threshold(),
        state,
        alert.raisedAt(),
        alert.seenAt(),
        resolvedAt,
        acknowledgedBy,
        notified);
  }
}
