package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.MongoBackend;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;

/** The store's file, its backend and its upkeep, opened and closed together. */
public final class DurableStore implements AutoCloseable {

  /** How long a dead chunk stays untouched, so that a flush lies between a chunk and its reuse. */
  private static final int RETENTION_MILLIS = 2_000;

  /** Small pages: each commit writes whole pages, most often for one changed document. */
  private static final int PAGE_BYTES = 4_096;

  private static final int PAGE_KEYS = 16;

  private final MVStore file;
  private final DurableBackend backend;
  private final StoreUpkeep upkeep;

  private DurableStore(MVStore file) {
    this.file = file;
    this.backend = new DurableBackend(file);
    this.upkeep = new StoreUpkeep(file, backend);
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

  @Override
  public void close() {
    upkeep.close();
    backend.exclusively(file::close);
  }
}
