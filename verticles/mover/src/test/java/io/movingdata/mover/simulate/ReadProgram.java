package io.movingdata.mover.simulate;

import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A read as the gateway carries it out: from the primary, then from other copies. */
final class ReadProgram {
  private final Product product;
  private final String fileId;
  private final Set<String> failed = new HashSet<>();

  ReadProgram(Product product, String fileId) {
    this.product = product;
    this.fileId = fileId;
  }

  /** The content's digest, null where there is no file. */
  Future<String> run() {
    return file().compose(file -> file == null ? Future.succeededFuture() : read(file));
  }

  private Future<FileRecord> file() {
    return product
        .node
        .bus()
        .request(CatalogApi.GET_FILE, new CatalogApi.GetFile(fileId, false))
        .map(CatalogApi.FileReply::file);
  }

  private Future<String> read(FileRecord file) {
    Optional<Replica> copy = candidate(file);
    if (copy.isEmpty()) {
      return Future.failedFuture(
          MovingDataException.of(ErrorCode.CORRUPT_OBJECT, "no verified copy is left"));
    }
    return product
        .transfers
        .readAll(file, copy.get())
        .recover(failure -> elsewhere(file, copy.get(), failure));
  }

  private Optional<Replica> candidate(FileRecord file) {
    Optional<Replica> primary = file.primaryReplica().filter(this::usable);
    return primary.isPresent()
        ? primary
        : file.replicas().stream().filter(this::usable).findFirst();
  }

  private boolean usable(Replica copy) {
    return copy.verified() && !failed.contains(copy.copyId());
  }

  private Future<String> elsewhere(FileRecord file, Replica tried, Throwable failure) {
    failed.add(tried.copyId());
    return file()
        .otherwise(file)
        .compose(
            present -> {
              boolean same = present != null && present.contentId().equals(file.contentId());
              return same && candidate(present).isPresent()
                  ? read(present)
                  : Future.failedFuture(failure);
            });
  }
}
