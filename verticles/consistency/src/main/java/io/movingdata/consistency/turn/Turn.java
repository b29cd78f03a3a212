package io.movingdata.consistency.turn;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.state.StateStore;
import io.movingdata.core.state.StateStore.Stored;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A lease in the catalog, taken and renewed by compare-and-set. Two nodes may both believe that
 * they hold it for a moment, so what is done under it must bear being done twice.
 */
public final class Turn {
  private static final String ID = "turn";

  private final StateStore<Held> store;
  private final Clock clock;
  private final String self;
  private final Duration lease;
  private boolean held;

  /** Who has the turn, and until when. */
  public record Held(String owner, Instant until) {}

  /** What came of trying to take it. */
  public enum Taken {
    /** Another node has it. */
    OTHERS,
    /** This node has it since now, and knows nothing of what was before. */
    NEW,
    /** This node still has it. */
    STILL
  }

  /** A turn among the documents of a kind. */
  public Turn(NodeContext node, String kind, Duration lease) {
    this.store = new StateStore<>(node.bus(), node.clock(), kind, Held.class);
    this.clock = node.clock();
    this.self = node.config().node().id();
    this.lease = lease;
  }

  /** Whether this node had it when it last asked. */
  public boolean held() {
    return held;
  }

  /** Takes the turn, or renews it. Where the catalog does not answer, the turn counts as lost. */
  public Future<Taken> take() {
    return store
        .get(ID)
        .compose(this::take)
        .onSuccess(taken -> held = taken != Taken.OTHERS)
        .onFailure(failure -> held = false);
  }

  private Future<Taken> take(Optional<Stored<Held>> found) {
    Instant now = clock.instant();
    boolean others =
        found
            .map(Stored::value)
            .filter(one -> !one.owner().equals(self) && one.until().isAfter(now))
            .isPresent();
    if (others) {
      return Future.succeededFuture(Taken.OTHERS);
    }
    Taken taken = held ? Taken.STILL : Taken.NEW;
    return write(found, now.plus(lease))
        .map(taken)
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                    ? Future.succeededFuture(Taken.OTHERS)
                    : Future.failedFuture(failure));
  }

  private Future<?> write(Optional<Stored<Held>> found, Instant until) {
    return store.put(ID, found.map(Stored::version).orElse(0L), new Held(self, until));
  }

  /** Gives it back, so that another node need not wait. */
  public Future<Void> release() {
    if (!held) {
      return Future.succeededFuture();
    }
    held = false;
    return store
        .get(ID)
        .compose(
            found ->
                found.filter(one -> one.value().owner().equals(self)).isPresent()
                    ? write(found, clock.instant())
                    : Future.succeededFuture())
        .transform(done -> Future.succeededFuture());
  }
}
