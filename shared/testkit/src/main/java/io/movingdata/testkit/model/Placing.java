package io.movingdata.testkit.model;

import io.movingdata.core.contract.CatalogApi.FileReply;
import io.movingdata.core.contract.CatalogApi.Place;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.Replica;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/**
 * {@code PLACE}: read the file; look at the intent of the copy that joins, and that it has no
 * entry; write an entry for every copy that leaves, and close its intent; switch; close the intent
 * of the copy that joined. The answer is settled by the switch.
 */
final class Placing extends Operation<FileReply> {
  private static final long LEAST_GRACE_MS = 1_000;

  private final ModelCatalog catalog;
  private final Clock clock;
  private final Place request;
  private final FileRecord wanted;
  private FileRecord current;
  private Iterator<Replica> leaving;

  Placing(ModelCatalog catalog, Clock clock, Place request) {
    this.catalog = catalog;
    this.clock = clock;
    this.request = request;
    this.wanted = request.file();
    startWith(this::read);
  }

  private Step read() {
    WellFormed.check(request);
    current = catalog.files.get(wanted.id()).orElse(null);
    if (current == null) {
      return request.expectedVersion() == 0 ? this::beginFile : changed();
    }
    return decide();
  }

  /** A first placement, too, replaces a document: a tombstone that is made for it. */
  private Step beginFile() {
    Instant now = clock.instant();
    current = Tombstones.of(wanted.id(), catalog.firstVersion(now), now);
    return catalog.files.insert(wanted.id(), current) ? decide() : this::read;
  }

  private Step decide() {
    if (inPlace(current)) {
      return settled(current);
    }
    if (!expected()) {
      return changed();
    }
    leaving = current.replicas().stream().filter(r -> !wanted.references(r.copyId())).iterator();
    return adds() ? this::intent : this::nextEntry;
  }

  private boolean expected() {
    return request.expectedVersion() == 0
        ? current.deleted()
        : !current.deleted() && current.version() == request.expectedVersion();
  }

  /** Whether this request was carried out before, and only its answer lost. */
  private boolean inPlace(FileRecord file) {
    if (wanted.deleted() || file.deleted()) {
      return wanted.deleted() && file.deleted() && request.expectedVersion() != 0;
    }
    boolean sameCopy =
        request.copyId() != null
            && file.references(request.copyId())
            && file.contentId() != null
            && file.contentId().equals(wanted.contentId());
    return sameCopy || file.equals(wanted.atVersion(file.version()));
  }

  private boolean adds() {
    List<String> added =
        wanted.replicas().stream()
            .map(Replica::copyId)
            .filter(id -> !current.references(id))
            .toList();
    if (!added.isEmpty() && !added.equals(List.of(String.valueOf(request.copyId())))) {
      throw MovingDataException.invalid("replicas", "must add no copy but copy_id");
    }
    return !added.isEmpty();
  }

  private Step intent() {
    CopyIntent open =
        catalog
            .intentOrMarker(request.copyId())
            .filter(copy -> !copy.discarded())
            .orElseThrow(() -> MovingDataException.of(ErrorCode.CONFLICT, "the copy is not open"));
    boolean same =
        open.fileId().equals(wanted.id())
            && wanted.replicas().stream()
                .filter(r -> r.copyId().equals(open.copyId()))
                .allMatch(r -> r.location().equals(open.location()) && r.key().equals(open.key()));
    if (!same) {
      throw MovingDataException.invalid("copy_id", "was recorded for another file or place");
    }
    return this::neverLeft;
  }

  private Step neverLeft() {
    if (catalog.garbage.get(request.copyId()).isPresent()) {
      throw MovingDataException.of(ErrorCode.CONFLICT, "the copy has left before");
    }
    return nextEntry();
  }

  private Step nextEntry() {
    if (!leaving.hasNext()) {
      return this::doSwitch;
    }
    Replica copy = leaving.next();
    return () -> {
      Leases.put(catalog, entry(copy));
      return () -> {
        catalog.copies.remove(copy.copyId());
        return nextEntry();
      };
    };
  }

  private Garbage entry(Replica copy) {
    Instant now = clock.instant();
    return new Garbage(
        copy.copyId(),
        catalog.firstVersion(now),
        wanted.id(),
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
        current.contentId(),
        copy);
  }

  private Step doSwitch() {
    FileRecord switched = wanted.atVersion(current.version() + 1);
    boolean done = catalog.files.replace(wanted.id(), current.version(), switched);
    return done ? settled(switched) : this::afterLostSwitch;
  }

  private Step afterLostSwitch() {
    FileRecord file = catalog.files.get(wanted.id()).orElse(null);
    return file != null && inPlace(file) ? settled(file) : changed();
  }

  private Step settled(FileRecord file) {
    return answer(new FileReply(file), request.copyId() == null ? null : this::close);
  }

  private Step close() {
    catalog.copies.remove(request.copyId());
    return null;
  }

  private static Step changed() {
    throw MovingDataException.of(ErrorCode.VERSION_CONFLICT, "the file changed");
  }
}
