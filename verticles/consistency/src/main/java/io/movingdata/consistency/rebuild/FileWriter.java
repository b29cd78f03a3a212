package io.movingdata.consistency.rebuild;

import io.movingdata.core.contract.CatalogApi.Count;
import io.movingdata.core.contract.DumpApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Puts files into a catalog that does not have them. */
public final class FileWriter {
  private static final int BATCH = 200;
  private static final Duration TIME = Duration.ofSeconds(30);

  private final NodeContext node;
  private long written;

  public FileWriter(NodeContext node) {
    this.node = node;
  }

  /** Writes them, batch by batch. */
  public Future<Void> write(List<FileRecord> files) {
    return from(files, 0);
  }

  private Future<Void> from(List<FileRecord> files, int start) {
    if (start >= files.size()) {
      return Future.succeededFuture();
    }
    int end = Math.min(files.size(), start + BATCH);
    DumpApi.Files batch = new DumpApi.Files(files.subList(start, end));
    return Retries.run(
            node.vertx(),
            RetryPolicy.BUS,
            () -> node.bus().request(DumpApi.RESTORE_FILES, batch, TIME))
        .map(Count::count)
        .compose(
            count -> {
              written += batch.files().size();
              return from(files, end);
            });
  }

  /** Files written so far. */
  public long written() {
    return written;
  }
}
