package io.movingdata.consistency.backup;

import io.movingdata.consistency.tool.Parallel;
import io.movingdata.core.contract.StorageApi.Delete;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.model.BackupKey;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the backups of a location and removes old ones. It deletes what is named like a backup and
 * nothing else: copies of files are the collector's alone.
 */
final class BackupKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(BackupKeeper.class);
  private static final int PAGE = 1000;

  private final StorageClient storage;

  BackupKeeper(StorageClient storage) {
    this.storage = storage;
  }

  /** Every copy of a backup at a location, in the order of ids. */
  Future<List<ObjectStat>> list(String location) {
    return page(location, null, new ArrayList<>());
  }

  private Future<List<ObjectStat>> page(String location, String token, List<ObjectStat> found) {
    return storage
        .list(location, new ListRequest(BackupKey.PREFIX, null, token, PAGE))
        .compose(
            page -> {
              page.objects().stream()
                  .filter(one -> BackupKey.matches(one.key()))
                  .forEach(found::add);
              return page.next() == null
                  ? Future.succeededFuture(found)
                  : page(location, page.next(), found);
            });
  }

  /** Removes backups older than an id; what cannot be removed now is removed another time. */
  Future<Void> prune(List<String> locations, String keepFrom) {
    return Parallel.each(
        locations,
        1,
        location ->
            list(location)
                .compose(all -> Parallel.each(older(all, keepFrom), 4, o -> delete(location, o)))
                .otherwise(
                    failure -> {
                      LOG.warn("old backups stay at {}: {}", location, failure.getMessage());
                      return null;
                    }));
  }

  /** The copies of backups older than an id. */
  static List<ObjectStat> older(List<ObjectStat> all, String keepFrom) {
    return all.stream()
        .filter(
            one ->
                BackupKey.backupId(one.key()).filter(id -> id.compareTo(keepFrom) < 0).isPresent())
        .toList();
  }

  private Future<Void> delete(String location, ObjectStat backup) {
    LOG.info("removing the old backup {} at {}", backup.key(), location);
    return storage.delete(location, new Delete(backup.key(), null)).mapEmpty();
  }
}
