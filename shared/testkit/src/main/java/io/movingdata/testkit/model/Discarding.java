package io.movingdata.testkit.model;

import io.movingdata.core.contract.CatalogApi.DiscardCopy;
import io.movingdata.core.contract.CatalogApi.Discarded;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
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
      return this::byReference;
    }
    if (!intent.fileId().equals(request.fileId())) {
      throw MovingDataException.invalid("file_id", "is not the file of this copy");
    }
    marked = intent;
    return intent.discarded() ? this::readFile : this::mark;
  }

  private Step byReference() {
    boolean referenced =
        catalog.files.get(request.fileId()).filter(f -> f.references(request.copyId())).isPresent();
    return answer(new Discarded(!referenced));
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
    Instant now = clock.instant();
    Leases.put(
        catalog,
        new Garbage(
            marked.copyId(),
            catalog.firstVersion(now),
            marked.fileId(),
            marked.location(),
            marked.key(),
            null,
            marked.resumeToken(),
            request.reason(),
            now.plusMillis(request.graceMs()),
            0,
            null,
            null,
            null,
            now));
    return this::leaveMarker;
  }

  private Step leaveMarker() {
    CopyIntent marker =
        Copies.at(marked, marked.version() + 1, marked.owner(), null, marked.durableBytes());
    catalog.copies.replace(marked.copyId(), marked.version(), new Intent(marker, true));
    return answer(new Discarded(true));
  }
}
