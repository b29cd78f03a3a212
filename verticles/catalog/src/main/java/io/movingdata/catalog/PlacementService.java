package io.movingdata.catalog;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi.FileReply;
import io.movingdata.core.contract.CatalogApi.Place;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.Events.FileEvent;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.Replica;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes what copies a file references. Five steps, each finished before the next begins: read the
 * document; look at the intent and for an entry of the copy that joins; write garbage entries for
 * the copies that leave; switch the document by compare-and-set on the version that was read first;
 * close the intent.
 *
 * <ul>
 *   <li>A copy that leaves always has its entry: it was written before. A crash, or a switch that
 *       is lost to another, leaves entries of copies that are still referenced. They stay: the
 *       collector asks for the reference before it touches anything, and to take them back here
 *       could take away what the winner relies on.
 *   <li>A copy that was given up never joins: see {@link DiscardService}. Nor does one that has
 *       left join again, though a message that comes late may have opened its intent once more: it
 *       has an entry, and once that is settled the intent is closed for good. Both rest on intent
 *       and entry being read after the version and before the switch, and on versions never
 *       repeating. So a new file begins as a tombstone of its own: its first placement, too, is a
 *       compare-and-set and not an insert, which could succeed however late it comes.
 *   <li>Repeating a request whose answer was lost finds its effect in place and answers with the
 *       present document.
 * </ul>
 */
final class PlacementService {
  private static final Logger LOG = LoggerFactory.getLogger(PlacementService.class);

  /**
   * An entry is not due sooner than the switch that follows it can be expected to take: a collector
   * that looked in between would dismiss it.
   */
  private static final long LEAST_GRACE_MS = 1_000;

  private final FileRepository files;
  private final CopyRepository copies;
  private final GarbageRepository garbage;
  private final Bus bus;
  private final Clock clock;

  PlacementService(
      FileRepository files,
      CopyRepository copies,
      GarbageRepository garbage,
      Bus bus,
      Clock clock) {
    this.files = files;
    this.copies = copies;
    this.garbage = garbage;
    this.bus = bus;
    this.clock = clock;
  }

  /** Carries out {@code CatalogApi.PLACE}. */
  Future<FileReply> place(Place request) {
    PlacementRules.check(request);
    return read(request)
        .compose(
            current -> {
              if (current.isPresent() && PlacementRules.inPlace(current.get(), request)) {
                return closeIntent(request, current.get());
              }
              if (!PlacementRules.expected(current, request)) {
                return Future.failedFuture(changed());
              }
              return change(current.orElseThrow(), request);
            })
        .map(FileReply::new);
  }

  private Future<Optional<FileRecord>> read(Place request) {
    String id = request.file().id();
    return request.expectedVersion() == 0 ? files.getOrBegin(id).map(Optional::of) : files.get(id);
  }

  private Future<FileRecord> change(FileRecord current, Place request) {
    return intentAllows(current, request)
        .compose(allowed -> writeGarbage(current, request))
        .map(CrashPoint.GARBAGE_RECORDED::passed)
        .compose(written -> files.replace(request.file(), current.version()))
        .compose(
            switched -> {
              if (switched.isEmpty()) {
                return afterLostSwitch(request);
              }
              CrashPoint.PLACED.reached();
              tell(switched.get(), request.reason());
              return closeIntent(request, switched.get());
            });
  }

  private Future<Void> intentAllows(FileRecord current, Place request) {
    if (!PlacementRules.adds(current, request)) {
      return Future.succeededFuture();
    }
    return copies
        .getOrMarker(request.copyId())
        .compose(
            intent -> {
              PlacementRules.allow(intent, request);
              return garbage.get(request.copyId());
            })
        .map(
            entry -> {
              PlacementRules.allowAfter(entry);
              return null;
            });
  }

  private Future<Void> writeGarbage(FileRecord current, Place request) {
    List<Future<?>> steps = new ArrayList<>();
    for (Replica copy : PlacementRules.leaving(current, request.file())) {
      steps.add(garbage.put(entry(copy, current.contentId(), request)));
      // Left open by a crash after its own placement, it would let the copy join again.
      steps.add(copies.close(copy.copyId()));
    }
    return Future.all(steps).mapEmpty();
  }

  private Garbage entry(Replica copy, String contentId, Place request) {
    Instant now = clock.instant();
    return new Garbage(
        copy.copyId(),
        0,
        request.file().id(),
        copy.location(),
        copy.key(),
        copy.etag(),
        null,
        request.reason(),
        now.plusMillis(Math.max(request.graceMs(), LEAST_GRACE_MS)),
        0,
        null,
        null,
        null,
        now,
        contentId,
        copy);
  }

  /** Another change came first; unless that was this very request, sent twice. */
  private Future<FileRecord> afterLostSwitch(Place request) {
    return files
        .get(request.file().id())
        .compose(
            current ->
                current.filter(file -> PlacementRules.inPlace(file, request)).isPresent()
                    ? closeIntent(request, current.get())
                    : Future.failedFuture(changed()));
  }

  /** What is left open here the collector closes later, so it is no reason to fail. */
  private Future<FileRecord> closeIntent(Place request, FileRecord placed) {
    if (request.copyId() == null) {
      return Future.succeededFuture(placed);
    }
    return copies
        .close(request.copyId())
        .otherwise(
            failure -> {
              LOG.warn("the intent of copy {} stays open for now", request.copyId(), failure);
              return null;
            })
        .map(closed -> placed);
  }

  private void tell(FileRecord file, String reason) {
    bus.publish(
        Events.FILE,
        new FileEvent(
            file.id(),
            file.version(),
            file.deleted() ? "deleted" : "placed",
            reason,
            file.primary(),
            clock.instant()));
  }

  private static MovingDataException changed() {
    return MovingDataException.of(ErrorCode.VERSION_CONFLICT, "the file changed since it was read");
  }
}
