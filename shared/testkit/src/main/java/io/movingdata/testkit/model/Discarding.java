package io.movingdata.testkit.model;

import io.movingdata.core.contract.CatalogApi.DiscardCopy;
import io.movingdata.core.contract.CatalogApi.Discarded;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.model.Replica;
import io.movingdata.testkit.model.ModelCatalog.Intent;
import java.time.Clock;
import java.time.Instant;

/**
 * {@code DISCARD_COPY}: mark the intent; raise the file's version, from a document that does not
 * reference the copy; write the garbage entry; leave a marker.
 */
final class Discarding extends Operation<Discarded> {
  private final ModelCatalog catalog;
  private final Clock clock;
  private final DiscardCopy request;
  private CopyIntent marked;
  private FileRecord file;

  Discarding(ModelCatalog catalog, Clock clock, DiscardCopy request) {
    this.catalog = catalog;
    this.clock = clock;
    this.request = request;
    startWith(this::readIntent);
  }

  private Step readIntent() {
    CopyIntent intent = catalog.intent(request.copyId()).orElse(null);
    if (intent == null) {
      return this::look;
    }
    if (!intent.fileId().equals(request.fileId())) {
      throw MovingDataException.invalid("file_id", "is not the file of this copy");
    }
    marked = intent;
    return intent.discarded() ? this::readFile : this::mark;
  }

  private Step look() {
    return referenced() ? answer(new Discarded(false)) : this::forbid;
  }

  private boolean referenced() {
    return catalog
        .files
        .get(request.fileId())
        .filter(found -> found.references(request.copyId()))
        .isPresent();
  }

  /** Nobody shall open it later. */
  private Step forbid() {
    CopyIntent never =
        new CopyIntent(
            request.copyId(),
            1,
            request.fileId(),
            null,
            null,
            null,
            null,
            null,
            0,
            null,
            null,
            null,
            0,
            true,
            clock.instant());
    return catalog.copies.insert(request.copyId(), new Intent(never, true))
        ? this::byReference
        : this::readAgain;
  }

  private Step readAgain() {
    return catalog.intent(request.copyId()).isEmpty() ? this::byReference : this::readIntent;
  }

  private Step byReference() {
    if (referenced()) {
      return this::withdraw;
    }
    return request.storedAt() == null ? answer(new Discarded(true)) : this::buryStray;
  }

  /** Bytes may have come after the collector. */
  private Step buryStray() {
    String key = PhysicalKey.of(request.fileId(), request.copyId());
    Leases.put(catalog, entry(request.storedAt(), key, null, "stray", null, null));
    return answer(new Discarded(true));
  }

  private Step mark() {
    long seen = marked.version();
    marked = Copies.discarded(marked, clock.instant());
    boolean done = catalog.copies.replace(request.copyId(), seen, new Intent(marked, false));
    return done ? this::readFile : this::readIntent;
  }

  private Step readFile() {
    file = catalog.files.get(request.fileId()).orElse(null);
    if (file == null) {
      return this::beginFile;
    }
    return file.references(request.copyId()) ? this::withdraw : this::raise;
  }

  private Step beginFile() {
    Instant now = clock.instant();
    file = Tombstones.of(request.fileId(), catalog.firstVersion(now), now);
    return catalog.files.insert(request.fileId(), file) ? this::raise : this::readFile;
  }

  private Step withdraw() {
    catalog.copies.remove(request.copyId());
    return answer(new Discarded(false));
  }

  private Step raise() {
    long seen = file.version();
    return catalog.files.replace(request.fileId(), seen, file.atVersion(seen + 1))
        ? this::bury
        : this::readFile;
  }

  private Step bury() {
    Leases.put(
        catalog,
        entry(
            marked.location(),
            marked.key(),
            marked.resumeToken(),
            request.reason(),
            marked.contentId(),
            marked.unproven()));
    return this::leaveMarker;
  }

  private Garbage entry(
      String location,
      String key,
      String resumeToken,
      String reason,
      String contentId,
      Replica copy) {
    Instant now = clock.instant();
    return new Garbage(
        request.copyId(),
        catalog.firstVersion(now),
        request.fileId(),
        location,
        key,
        null,
        resumeToken,
        reason,
        now.plusMillis(request.graceMs()),
        0,
        null,
        null,
        null,
        now,
        contentId,
        copy);
  }

  private Step leaveMarker() {
    Copies.end(catalog, marked);
    return answer(new Discarded(true));
  }
}
