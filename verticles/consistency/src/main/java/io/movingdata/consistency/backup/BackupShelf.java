package io.movingdata.consistency.backup;

import io.movingdata.consistency.tool.ContentReader;
import io.movingdata.consistency.tool.Parallel;
import io.movingdata.consistency.tool.UnreachableException;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.ObjectMetadata;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds backups in the stores and reads them. Belongs to one event-loop context. */
final class BackupShelf {
  private final NodeContext node;
  private final StorageClient storage;
  private final ContentReader reader;
  private final PrintStream err;

  BackupShelf(NodeContext node, PrintStream err) {
    this.node = node;
    this.err = err;
    this.storage = new StorageClient(node.bus());
    this.reader = new ContentReader(node, storage);
  }

  /** Copies of backups at locations, the newest backup first; what cannot be listed is said. */
  Future<List<Found>> find(List<String> locations) {
    BackupKeeper keeper = new BackupKeeper(storage);
    List<Found> found = new ArrayList<>();
    return Parallel.each(
            locations,
            1,
            location ->
                keeper
                    .list(location)
                    .<Void>map(
                        all -> {
                          all.forEach(one -> found.add(Found.of(location, one)));
                          return null;
                        })
                    .otherwise(
                        failure -> {
                          err.println(
                              "restore: " + location + " is left out: " + failure.getMessage());
                          return null;
                        }))
        .map(done -> found.stream().sorted(Comparator.comparing(Found::id).reversed()).toList());
  }

  /**
   * Reads a backup from the first of its copies that is whole.
   *
   * @param listeners makes a listener for each copy that is tried
   * @return the copy that was read
   */
  Future<Found> read(List<Found> copies, Listeners listeners) {
    if (copies.isEmpty()) {
      return Future.failedFuture(new UnreachableException("no copy of the backup can be read"));
    }
    Found first = copies.get(0);
    return read(first, listeners.begin())
        .map(first)
        .recover(
            failure -> {
              err.println(
                  "restore: "
                      + first.location()
                      + "/"
                      + first.object().key()
                      + " cannot be read: "
                      + failure.getMessage());
              return read(copies.subList(1, copies.size()), listeners);
            });
  }

  /** Makes a listener, on which nothing of an earlier try is left. */
  interface Listeners {
    BackupText.Listener begin();
  }

  private Future<Void> read(Found copy, BackupText.Listener listener) {
    BackupText.Reader text = new BackupText.Reader(listener);
    Gunzip unzipped = new Gunzip(text::take);
    return storage
        .stat(copy.location(), copy.object().key())
        .map(
            stat ->
                ObjectMetadata.parse(stat.metadata())
                    .map(says -> replica(copy, says, stat.size()))
                    .orElseThrow(() -> corrupt("nothing says how it is encrypted")))
        .compose(
            replica ->
                reader.size(replica).compose(size -> reader.stream(replica, size, unzipped::take)))
        .compose(
            done ->
                text.whole()
                    ? Future.<Void>succeededFuture()
                    : Future.<Void>failedFuture(corrupt("it does not come to its end")))
        .onComplete(done -> unzipped.close());
  }

  private static MovingDataException corrupt(String detail) {
    return MovingDataException.of(ErrorCode.CORRUPT_OBJECT, detail);
  }

  private Replica replica(Found copy, ObjectMetadata says, long bytes) {
    return new Replica(
        copy.location(),
        copy.object().key(),
        says.format(),
        says.copyId(),
        says.createdAtS(),
        says.keyId(),
        bytes,
        null,
        null,
        ReplicaState.VERIFIED,
        node.clock().instant());
  }
}
