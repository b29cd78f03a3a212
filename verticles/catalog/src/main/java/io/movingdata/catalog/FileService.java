package io.movingdata.catalog;

import io.movingdata.catalog.store.Filter;
import io.movingdata.core.contract.CatalogApi.FilePage;
import io.movingdata.core.contract.CatalogApi.FileQuery;
import io.movingdata.core.contract.CatalogApi.FileReply;
import io.movingdata.core.contract.CatalogApi.GetFile;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.FileRecord;
import io.vertx.core.Future;
import java.util.List;

/** Looks files up. */
final class FileService {
  private final FileRepository files;
  private final FileFilters filters;

  FileService(FileRepository files, FileFilters filters) {
    this.files = files;
    this.filters = filters;
  }

  /** Carries out {@code CatalogApi.GET_FILE}. */
  Future<FileReply> get(GetFile request) {
    return files
        .get(FileIds.require(request.fileId()))
        .map(found -> found.filter(file -> request.includeDeleted() || !file.deleted()))
        .map(found -> new FileReply(found.orElse(null)));
  }

  /** Carries out {@code CatalogApi.LIST_FILES}. */
  Future<FilePage> list(FileQuery query) {
    int limit = Ids.limit(query.limit());
    FileOrder order = FileOrder.of(query.sort());
    Future<Long> total =
        query.count() ? files.count(filters.of(query).json()) : Future.succeededFuture(-1L);
    Filter filter = filters.of(query);
    if (query.cursor() != null) {
      order.after(Cursor.decode(query.cursor(), order.name()), filter);
    }
    // One more than asked for shows whether there is a next page.
    Future<List<FileRecord>> found = files.find(filter.json(), order.sort(), limit + 1);
    return Future.all(found, total).map(both -> page(found.result(), limit, order, total.result()));
  }

  private static FilePage page(List<FileRecord> found, int limit, FileOrder order, long total) {
    if (found.size() <= limit) {
      return new FilePage(found, null, total);
    }
    List<FileRecord> files = found.subList(0, limit);
    return new FilePage(files, order.cursorAt(files.get(limit - 1)).encode(), total);
  }
}
