package io.movingdata.consistency.pass;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.model.FileRecord;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Reads the catalog's files a page at a time. */
final class Catalog {
  private static final int PAGE = 1000;

  private final Bus bus;

  Catalog(Bus bus) {
    this.bus = bus;
  }

  /** Shows every file that there is, by id. */
  Future<Void> eachFile(Consumer<FileRecord> to, BooleanSupplier stopped) {
    return from(null, to, stopped);
  }

  private Future<Void> from(String cursor, Consumer<FileRecord> to, BooleanSupplier stopped) {
    return page(cursor, PAGE)
        .compose(
            page -> {
              page.files().forEach(to);
              return page.next() == null || stopped.getAsBoolean()
                  ? Future.succeededFuture()
                  : from(page.next(), to, stopped);
            });
  }

  /** A page of files by id. */
  Future<CatalogApi.FilePage> page(String cursor, int limit) {
    return bus.request(
        CatalogApi.LIST_FILES,
        new CatalogApi.FileQuery(null, null, null, "id", limit, cursor, false));
  }

  /** Records when copies were read whole. */
  Future<?> verified(List<CatalogApi.VerifiedCopy> copies) {
    return copies.isEmpty()
        ? Future.succeededFuture()
        : bus.request(CatalogApi.VERIFIED, new CatalogApi.Verified(copies));
  }
}
