package io.movingdata.stack.mongo;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps the store's file in shape: chunks that hold little live data are rewritten, so that
 * their space is used again; once a second the file is flushed to the disk; and while nobody
 * writes, a file that is mostly free space is made smaller.
 */
final class StoreUpkeep implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(StoreUpkeep.class);

  private static final int REWRITE_EVERY_MILLIS = 100;
  private static final int FLUSH_EVERY_MILLIS = 1_000;
  private static final int FULL_ENOUGH_PERCENT = 60;

  /** Commands wait while this much is rewritten or moved. */
  private static final int BYTES_AT_ONCE = 2 * 1024 * 1024;

  private final MVStore file;
  private final DurableBackend backend;
  private long flushedVersion;
  private final ScheduledExecutorService tasks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "mongo-upkeep");
            thread.setDaemon(true);
            return thread;
          });

  StoreUpkeep(MVStore file, DurableBackend backend) {
    this.file = file;
    this.backend = backend;
    every(REWRITE_EVERY_MILLIS, this::rewrite);
    every(FLUSH_EVERY_MILLIS, this::flushOrShrink);
  }

  private void every(int millis, Runnable task) {
    var unused =
        tasks.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                log.warn("upkeep of the store failed: {}", e.toString());
              }
            },
            millis,
            millis,
            TimeUnit.MILLISECONDS);
  }

  private void rewrite() {
    backend.exclusively(
        () -> {
          if (file.compact(FULL_ENOUGH_PERCENT, BYTES_AT_ONCE)) {
            file.commit();
          }
        });
  }

  private void flushOrShrink() {
    long version = file.getCurrentVersion();
    if (version != flushedVersion) {
      file.sync();
      flushedVersion = version;
    } else if (file.getFileStore() instanceof RandomAccessStore chunks) {
      backend.exclusively(
          () -> chunks.compactMoveChunks(FULL_ENOUGH_PERCENT, 4L * BYTES_AT_ONCE, file));
      flushedVersion = file.getCurrentVersion();
    }
  }

  /** Waits for a task under way. */
  @Override
  public void close() {
    tasks.shutdown();
    try {
      if (!tasks.awaitTermination(2, TimeUnit.SECONDS)) {
        log.warn("upkeep of the store is still under way");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
