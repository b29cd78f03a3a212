package io.movingdata.consistency.replication;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.state.StateStore;
import io.movingdata.core.state.StateStore.Stored;
import io.vertx.core.Future;
import java.util.function.UnaryOperator;

/** The state of the sweep: in memory where it runs, and now and then in the catalog. */
final class SweepBook {
  static final String KIND = "replication";

  private static final String ID = "sweep";

  private final StateStore<SweepState> store;
  private SweepState state = SweepState.none();
  private SweepState saved = SweepState.none();
  private long version;

  SweepBook(NodeContext node) {
    this.store = new StateStore<>(node.bus(), node.clock(), KIND, SweepState.class);
  }

  /** As the node that sweeps has it; on others that of the last load. */
  SweepState state() {
    return state;
  }

  void change(UnaryOperator<SweepState> change) {
    state = change.apply(state);
  }

  /** As it was last saved by whichever node. */
  Future<SweepState> read() {
    return store.get(ID).map(found -> found.map(Stored::value).orElse(SweepState.none()));
  }

  /** Takes over what was last saved. */
  Future<Void> load() {
    return store
        .get(ID)
        .map(
            found -> {
              state = found.map(Stored::value).orElse(SweepState.none());
              saved = state;
              version = found.map(Stored::version).orElse(0L);
              return null;
            });
  }

  /** Saves what has changed. Where another node saved meanwhile, its state is taken over. */
  Future<Void> save(int copying) {
    state = state.copying(copying);
    if (state.equals(saved)) {
      return Future.succeededFuture();
    }
    SweepState now = state;
    return store
        .put(ID, version, now)
        .map(
            written -> {
              version = written.version();
              saved = now;
              return (Void) null;
            })
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                    ? load()
                    : Future.failedFuture(failure));
  }
}
