package io.movingdata.rules.alert;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Alert;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.state.StateStore;
import io.movingdata.core.state.StateStore.Stored;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the webhook of alerts that are raised and resolved, at least once each. The node that wrote
 * the change tells at once, and again with longer and longer waits; that it was told stands in the
 * alert, so what a node that is gone did not tell another one does.
 */
final class WebhookSender {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
  private static final int MOST_AT_ONCE = 20;
  private static final Duration ANOTHER_NODE = Duration.ofMinutes(2);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final NodeContext node;
  private final StateStore<Alert> store;
  private final Webhook webhook;
  private final RetryPolicy retries;
  private final Set<String> telling = new HashSet<>();
  private final Map<String, Duration> waits = new HashMap<>();
  private final Map<String, Instant> notBefore = new HashMap<>();

  /** {@code webhook} null: nobody is told. */
  WebhookSender(NodeContext node, StateStore<Alert> store, Webhook webhook, RetryPolicy retries) {
    this.node = node;
    this.store = store;
    this.webhook = webhook;
    this.retries = retries;
  }

  /** Tells of a change that was written here. */
  void changed(Alert alert) {
    tell(alert);
  }

  /** Tells what nobody has told although there was time to. */
  void look(List<Stored<Alert>> all) {
    Instant now = node.clock().instant();
    for (Stored<Alert> stored : all) {
      Alert alert = stored.value();
      Instant since = alert.resolvedAt() == null ? alert.raisedAt() : alert.resolvedAt();
      Instant due = notBefore.getOrDefault(alert.id(), since.plus(ANOTHER_NODE));
      if (!due.isAfter(now)) {
        tell(alert);
      }
    }
  }

  private void tell(Alert alert) {
    String state = AlertStates.untold(alert);
    if (webhook == null
        || state == null
        || telling.size() >= MOST_AT_ONCE
        || !telling.add(alert.id())) {
      return;
    }
    Retries.run(
            node.vertx(),
            retries,
            failure -> !MovingDataException.is(failure, ErrorCode.POLICY_DENIED),
            () -> webhook.tell(alert, state, node.config().node().id()))
        .compose(told -> change(alert.id(), now -> AlertStates.notified(now, state)))
        .onSuccess(
            told -> {
              waits.remove(alert.id());
              notBefore.remove(alert.id());
            })
        .onFailure(failure -> later(alert, failure))
        .onComplete(done -> telling.remove(alert.id()));
  }

  /** What fails is said once, and then by how long it is left alone. */
  private void later(Alert alert, Throwable failure) {
    Duration before = waits.getOrDefault(alert.id(), Duration.ofSeconds(15));
    Duration next =
        before.multipliedBy(2).compareTo(LONGEST) < 0 ? before.multipliedBy(2) : LONGEST;
    waits.put(alert.id(), next);
    notBefore.put(alert.id(), node.clock().instant().plus(next));
    LOG.warn(
        "{} was not told of alert {}: {}; it is tried again in {} s",
        webhook.host(),
        alert.id(),
        failure.getMessage(),
        next.toSeconds());
  }

  private Future<Void> change(String id, Function<Alert, Alert> change) {
    return store
        .get(id)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture()
                    : store
                        .put(id, found.get().version(), change.apply(found.get().value()))
                        .<Void>mapEmpty()
                        .recover(
                            failure ->
                                MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                                    ? change(id, change)
                                    : Future.failedFuture(failure)));
  }
}
