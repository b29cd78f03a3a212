package io.movingdata.catalog;

import io.movingdata.catalog.store.Filter;
import io.movingdata.core.contract.CatalogApi.FilePage;
import io.movingdata.core.contract.CatalogApi.FileQuery;
import io.movingdata.core.contract.CatalogApi.FileReply;
import io.movingdata.core.contract.CatalogApi.GetFile;
import io.movingdata.core.contract.InsightApi.FileIdList;
import io.movingdata.core.contract.InsightApi.Pin;
import io.movingdata.core.contract.InsightApi.PinQuery;
import io.movingdata.core.contract.InsightApi.Pins;
import io.movingdata.core.contract.InsightApi.Placement;
import io.movingdata.core.contract.InsightApi.Placements;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.FileRecord;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

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

  /** Carries out {@code InsightApi.PLACEMENTS}. */
  Future<Placements> placements(FileIdList request) {
    List<Future<Optional<FileRecord>>> found =
        Ids.several(request.ids()).stream().map(id -> files.get(FileIds.require(id))).toList();
    return Future.all(found)
        .map(
            all ->
                new Placements(
                    all.<Optional<FileRecord>>list().stream()
                        .flatMap(Optional::stream)
                        .filter(file -> !file.deleted())
                        .map(file -> new Placement(file.id(), file.primary(), file.sizeBytes()))
                        .toList()));
  }

  /** Carries out {@code CatalogApi.LIST_FILES}. */
  Future<FilePage> list(FileQuery query) {
    int limit = Ids.limit(query.limit());
    FileOrder order = FileOrder.of(query.sort());
    Filter filter = filters.of(query);
    if (query.cursor() != null) {
      order.after(Cursor.decode(query.cursor(), order.name()), filter);
    }
    // One more than asked for shows whether there is a next page.
    return files
        .find(filter.json(), order.sort(), limit + 1)
        .compose(
            found ->
                total(query, found.size(), limit).map(total -> page(found, limit, order, total)));
  }

  /** How many match; a first page that is the only one tells by itself. */
  private Future<Long> total(FileQuery query, long found, int limit) {
    if (!query.count()) {
      return Future.succeededFuture(-1L);
    }
    if (query.cursor() == null && found <= limit) {
      return Future.succeededFuture(found);
    }
    if (query.locations() == null) {
      return files.count(filters.of(query).json());
    }
    // An index tells how many there are at one location; of several it would read them all.
    return Future.all(query.locations().stream().distinct().map(one -> count(query, one)).toList())
        .map(all -> all.<Long>list().stream().mapToLong(Long::longValue).sum());
  }

  private Future<Long> count(FileQuery query, String location) {
    FileQuery there =
        new FileQuery(query.selector(), List.of(location), query.q(), null, 0, null, true);
    return files.count(filters.of(there).json());
  }

  /** Carries out {@code InsightApi.PINNED}. */
  Future<Pins> pinned(PinQuery query) {
    int limit = Ids.limit(query.limit());
    return Future.all(files.pinned(limit), files.countPinned())
        .map(
            both ->
                new Pins(
                    both.<List<FileRecord>>resultAt(0).stream()
                        .map(file -> new Pin(file.id(), file.primary(), file.pinnedUntil()))
                        .toList(),
                    both.resultAt(1)));
  }

  private static FilePage page(List<FileRecord> found, int limit, FileOrder order, long total) {
    if (found.size() <= limit) {
      return new FilePage(found, null, total);
    }
    List<FileRecord> files = found.subList(0, limit);
    return new FilePage(files, order.cursorAt(files.get(limit - 1)).encode(), total);
  }
}
