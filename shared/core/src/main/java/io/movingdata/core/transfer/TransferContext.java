package io.movingdata.core.transfer;

import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.security.BytePool;
import io.movingdata.core.storage.ByteBudget;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;

/**
 * What transfers of one kind share on a node.
 *
 * @param vertx the node's Vert.x
 * @param storage the workers of all locations
 * @param budget memory for frames in flight
 * @param pool arrays that are used again
 * @param cpu a thread per core
 * @param lane of the budget: transfers that wait for the same places share one
 */
public record TransferContext(
    Vertx vertx,
    StorageClient storage,
    ByteBudget budget,
    BytePool pool,
    WorkerExecutor cpu,
    String lane) {

  /** A context whose frames in flight take at most a share of the heap. */
  public static TransferContext of(NodeContext node, StorageClient storage, double heapShare) {
    long bytes = (long) (Runtime.getRuntime().maxMemory() * heapShare);
    return new TransferContext(
        node.vertx(), storage, new ByteBudget(bytes), new BytePool(bytes / 4), node.cpu(), "");
  }

  /** The same for transfers between some places. */
  public TransferContext between(String... places) {
    return new TransferContext(vertx, storage, budget, pool, cpu, String.join(" ", places));
  }

  /** Waits for memory; whoever gets the grant gives it back. */
  public Future<ByteBudget.Grant> memory(long bytes) {
    return budget.acquire(lane, bytes);
  }

  <T> Future<T> onCpu(Callable<T> work) {
    return cpu.executeBlocking(work, false);
  }
}
