package io.movingdata.rules.autopilot;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.state.StateStore;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;

/** The autopilot's one document in the catalog. */
final class LedgerStore {
  private static final String KIND = "autopilot";
  private static final String ID = "ledger";
  private static final int ROUNDS = 20;

  private final StateStore<Ledger> store;

  /** The ledger with the version of its document. */
  record Versioned(Ledger ledger, long version) {}

  LedgerStore(NodeContext node) {
    this.store = new StateStore<>(node.bus(), node.clock(), KIND, Ledger.class);
  }

  Future<Versioned> get() {
    return store
        .get(ID)
        .map(
            found ->
                found
                    .map(one -> new Versioned(one.value(), one.version()))
                    .orElseGet(() -> new Versioned(Ledger.fresh(), 0)));
  }

  /** Changes it, whoever else does; empty where the change finds nothing to do. */
  Future<Optional<Versioned>> change(Function<Ledger, Optional<Ledger>> change) {
    return change(change, ROUNDS);
  }

  private Future<Optional<Versioned>> change(
      Function<Ledger, Optional<Ledger>> change, int rounds) {
    return get()
        .compose(
            before -> {
              Optional<Ledger> next = change.apply(before.ledger());
              if (next.isEmpty()) {
                return Future.succeededFuture(Optional.empty());
              }
              return store
                  .put(ID, before.version(), next.get())
                  .map(written -> Optional.of(new Versioned(written.value(), written.version())))
                  .recover(
                      failure ->
                          MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT) && rounds > 0
                              ? change(change, rounds - 1)
                              : Future.failedFuture(failure));
            });
  }
}
