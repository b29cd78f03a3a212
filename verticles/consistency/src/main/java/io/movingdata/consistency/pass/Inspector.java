package io.movingdata.consistency.pass;

import io.movingdata.consistency.verify.Examiner;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.Replica;
import io.vertx.core.Future;
import java.util.Optional;

/** Looks at copies closely and records what is wrong with them. */
public final class Inspector {
  private final NodeContext node;
  private final Bus bus;
  private final Examiner examiner;

  public Inspector(NodeContext node, Examiner examiner) {
    this.node = node;
    this.bus = node.bus();
    this.examiner = examiner;
  }

  /**
   * Looks at a copy whose file was read some time ago: where the file has changed since then, so
   * that it does not reference the copy any more, nothing is wrong.
   *
   * @return what is wrong, as recorded; fails where the provider does not answer
   */
  public Future<Optional<Finding>> inspect(
      String fileId, String location, String key, boolean deep, String passId) {
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(fileId, false))
        .compose(
            reply -> {
              Optional<Replica> copy = copyOf(reply.file(), location, key);
              return copy.isEmpty()
                  ? Future.succeededFuture(Optional.empty())
                  : inspect(reply.file(), copy.get(), deep, passId, true);
            });
  }

  private static Optional<Replica> copyOf(FileRecord file, String location, String key) {
    return file == null
        ? Optional.empty()
        : file.replicas().stream()
            .filter(r -> r.location().equals(location) && r.key().equals(key))
            .findFirst();
  }

  /** Looks at a copy of a file as it stands. */
  public Future<Optional<Finding>> inspect(
      FileRecord file, Replica copy, boolean deep, String passId) {
    return inspect(file, copy, deep, passId, true);
  }

  private Future<Optional<Finding>> inspect(
      FileRecord file, Replica copy, boolean deep, String passId, boolean again) {
    return examiner
        .examine(file, copy, deep)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : again
                        ? stillReferenced(file, copy, deep, passId)
                        : record(found.get().finding(file, copy, passId, node.clock().instant()))
                            .map(Optional::of));
  }

  /** It may have been moved, and collected, while it was looked at. */
  private Future<Optional<Finding>> stillReferenced(
      FileRecord file, Replica copy, boolean deep, String passId) {
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(file.id(), false))
        .compose(
            reply -> {
              Optional<Replica> now = copyOf(reply.file(), copy.location(), copy.key());
              return now.isEmpty()
                  ? Future.succeededFuture(Optional.empty())
                  : inspect(reply.file(), now.get(), deep, passId, false);
            });
  }

  /** Records a finding and tells of it. */
  public Future<Finding> record(Finding seen) {
    return bus.request(FindingApi.SEE_FINDING, seen)
        .map(FindingApi.FindingReply::finding)
        .onSuccess(kept -> bus.publish(ConsistencyApi.FINDING, kept));
  }
}
