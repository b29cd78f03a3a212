package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.MongoBackend;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's file with its upkeep: once a second it is flushed to the disk, and chunks that hold
 * little live data are rewritten, so that their space is used again.
 */
public final class DurableStore implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DurableStore.class);

  /** How long a dead chunk stays untouched, so that a flush lies between a chunk and its reuse. */
  private static final int RETENTION_MILLIS = 2_000;

  /** Small pages: each commit writes whole pages, most often for one changed document. */
  private static final int PAGE_BYTES = 4_096;

  private static final int PAGE_KEYS = 16;
  private static final int FILL_PERCENT = 60;
  private static final int REWRITE_BYTES = 2 * 1024 * 1024;
  private static final int CLOSING_MILLIS = 500;

  private final MVStore file;
  private final DurableBackend backend;
  private final ScheduledExecutorService upkeep =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "mongo-upkeep");
            thread.setDaemon(true);
            return thread;
          });

  private DurableStore(MVStore file) {
    this.file = file;
    this.backend = new DurableBackend(file);
    var unused = upkeep.scheduleWithFixedDelay(this::maintain, 1, 1, TimeUnit.SECONDS);
  }

  /** Opens the file, or creates it. */
  public static DurableStore open(Path path) {
    MVStore file =
        new MVStore.Builder()
            .fileName(path.toString())
            .autoCommitDisabled()
            .pageSplitSize(PAGE_BYTES)
            .keysPerPage(PAGE_KEYS)
            .open();
    file.setRetentionTime(RETENTION_MILLIS);
    file.setVersionsToKeep(0);
    return new DurableStore(file);
  }

  /** The backend for a MongoDB-wire server. */
  public MongoBackend backend() {
    return backend;
  }

  private void maintain() {
    try {
      backend.exclusively(
          () -> {
            if (!file.isClosed() && file.compact(FILL_PERCENT, REWRITE_BYTES)) {
              file.commit();
            }
          });
      file.sync();
    } catch (RuntimeException e) {
      log.warn("upkeep of the store failed: {}", e.toString());
    }
  }

  @Override
  public void close() {
    upkeep.shutdownNow();
    backend.exclusively(
        () -> {
          if (!file.isClosed()) {
            file.close(CLOSING_MILLIS);
          }
        });
  }
}
