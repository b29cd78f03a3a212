package io.movingdata.consistency.tool;

import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.BackupKey;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Goes over every object of a location, a page at a time, in the order of keys; backups of the
 * catalog are left out. What vanishes meanwhile is left out too.
 */
public final class StoreWalk {
  private static final int PAGE = 1000;

  private final NodeContext node;
  private final StorageClient storage;
  private final int width;

  /** A walk that handles so many objects at a time. */
  public StoreWalk(NodeContext node, StorageClient storage, int width) {
    this.node = node;
    this.storage = storage;
    this.width = width;
  }

  /**
   * Hands each object to {@code visit} with its metadata, which a listing may not tell.
   *
   * @return fails where the provider fails to answer, or {@code visit} fails
   */
  public Future<Void> over(String location, Function<ObjectStat, Future<Void>> visit) {
    return page(location, null, visit);
  }

  private Future<Void> page(
      String location, String token, Function<ObjectStat, Future<Void>> visit) {
    return again(() -> storage.list(location, new ListRequest(null, null, token, PAGE)))
        .compose(
            page -> {
              List<ObjectStat> files =
                  page.objects().stream().filter(o -> !BackupKey.matches(o.key())).toList();
              return Parallel.each(files, width, listed -> visit(location, listed, visit))
                  .compose(
                      done ->
                          page.next() == null
                              ? Future.succeededFuture()
                              : page(location, page.next(), visit));
            });
  }

  private Future<Void> visit(
      String location, ObjectStat listed, Function<ObjectStat, Future<Void>> visit) {
    return whole(location, listed)
        .compose(found -> found.isEmpty() ? Future.succeededFuture() : visit.apply(found.get()));
  }

  private Future<Optional<ObjectStat>> whole(String location, ObjectStat listed) {
    if (!listed.metadata().isEmpty()) {
      return Future.succeededFuture(Optional.of(listed));
    }
    return again(() -> storage.stat(location, listed.key()))
        .map(Optional::of)
        .recover(failure -> without(listed, failure));
  }

  /** What is not named like ours may be anything, even what its provider cannot describe. */
  private static Future<Optional<ObjectStat>> without(ObjectStat listed, Throwable failure) {
    if (MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)) {
      return Future.succeededFuture(Optional.empty());
    }
    return PhysicalKey.matches(listed.key())
        ? Future.failedFuture(failure)
        : Future.succeededFuture(Optional.of(listed));
  }

  private <T> Future<T> again(Supplier<Future<T>> call) {
    return Retries.run(node.vertx(), RetryPolicy.BUS, call);
  }
}
