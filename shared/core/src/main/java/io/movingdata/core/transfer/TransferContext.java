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
 */
public record TransferContext(
    Vertx vertx, StorageClient storage, ByteBudget budget, BytePool pool, WorkerExecutor cpu) {

  /** A context whose frames in flight take at most a share of the heap. */
  public static TransferContext of(NodeContext node, StorageClient storage, double heapShare) {
    long bytes = (long) (Runtime.getRuntime().maxMemory() * heapShare);
    return new TransferContext(
        node.vertx(), storage, new ByteBudget(bytes), new BytePool(bytes / 4), node.cpu());
  }

  <T> Future<T> onCpu(Callable<T> work) {
    return cpu.executeBlocking(work, false);
  }
}
