package io.movingdata.catalog;

import io.movingdata.core.contract.CatalogApi.DiscardCopy;
import io.movingdata.core.contract.CatalogApi.Discarded;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.model.Replica;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives a copy up for good. Four steps, each finished before the next begins: mark the intent
 * discarded; raise the version of the file's document, making a tombstone where there is none;
 * write the garbage entry; leave a marker in place of the intent.
 *
 * <p>Why no file can come to reference the copy once its entry is written. A placement reads the
 * file's version (R), then the copy's intent (I), then switches by compare-and-set on that version
 * (S). Let M be the mark and B the raise of the version, from a document that does not reference
 * the copy. Versions never repeat. If S comes after B, it replaces a version that B made or that
 * came later, so R, and with it I, comes after B and after M: the placement finds the copy
 * discarded and refuses. If S comes before B, the document that B read shows the copy referenced,
 * and this discard withdraws; or another placement has since removed the reference, having written
 * the copy's entry itself. Either way nothing references the copy after B.
 *
 * <p>After a crash a repetition finishes the rest: the mark is found, a version raised twice does
 * no harm, an entry that exists is renewed. The intent goes last, so where it is gone all was done.
 */
final class DiscardService {
  private static final String STRAY = "stray";

  private final FileRepository files;
  private final CopyRepository copies;
  private final GarbageRepository garbage;
  private final Clock clock;

  DiscardService(
      FileRepository files, CopyRepository copies, GarbageRepository garbage, Clock clock) {
    this.files = files;
    this.copies = copies;
    this.garbage = garbage;
    this.clock = clock;
  }

  /** Carries out {@code CatalogApi.DISCARD_COPY}. */
  Future<Discarded> discard(DiscardCopy request) {
    Ids.copy(request.copyId());
    FileIds.require(request.fileId());
    return CasLoop.run(() -> attempt(request)).map(Discarded::new);
  }

  /** Whether the copy is garbage now; empty when the intent changed before it was marked. */
  private Future<Optional<Boolean>> attempt(DiscardCopy request) {
    return copies
        .get(request.copyId())
        .compose(
            intent ->
                intent.isEmpty()
                    ? unlessReferenced(request)
                    : mark(intent.get(), request)
                        .compose(
                            marked ->
                                marked.isEmpty()
                                    ? Future.succeededFuture(Optional.empty())
                                    : finish(marked.get(), request).map(Optional::of)));
  }

  /** A placed copy needs no marker, and a crash must not leave it one. */
  private Future<Optional<Boolean>> unlessReferenced(DiscardCopy request) {
    return files
        .get(request.fileId())
        .compose(
            file ->
                file.filter(found -> found.references(request.copyId())).isPresent()
                    ? Future.succeededFuture(Optional.of(false))
                    : forbid(request));
  }

  /**
   * A copy without an intent is placed, or given up before, or nobody has begun it: then a marker
   * keeps a late message from opening it. Empty when somebody has just opened it.
   */
  private Future<Optional<Boolean>> forbid(DiscardCopy request) {
    return copies
        .forbid(request.copyId(), request.fileId(), clock.instant())
        .compose(
            forbidden ->
                forbidden
                    ? byReference(request).map(Optional::of)
                    : Future.succeededFuture(Optional.empty()));
  }

  private Future<Boolean> byReference(DiscardCopy request) {
    return files
        .get(request.fileId())
        .compose(
            file ->
                file.isPresent() && file.get().references(request.copyId())
                    ? copies.close(request.copyId()).map(false)
                    : buryStray(request).map(true));
  }

  /**
   * Whoever asks was held up, and may have stored bytes when the collector had been there: the
   * entry is written once more. The copy may have been the file's in the meantime, so that another
   * must be proven whole.
   */
  private Future<?> buryStray(DiscardCopy request) {
    if (request.storedAt() == null) {
      return Future.succeededFuture();
    }
    String key = PhysicalKey.of(request.fileId(), request.copyId());
    return garbage.put(entry(request, request.storedAt(), key, null, STRAY, null, null));
  }

  private Future<Optional<CopyIntent>> mark(CopyIntent intent, DiscardCopy request) {
    if (!intent.fileId().equals(request.fileId())) {
      throw MovingDataException.invalid("file_id", "is not the file of this copy");
    }
    return intent.discarded()
        ? Future.succeededFuture(Optional.of(intent))
        : copies.replace(discarded(intent));
  }

  private Future<Boolean> finish(CopyIntent marked, DiscardCopy request) {
    CrashPoint.DISCARD_MARKED.reached();
    return CasLoop.run(() -> raise(marked))
        .compose(
            raised ->
                raised
                    ? bury(marked, request)
                    : copies.close(marked.copyId()).map(withdrawn -> false));
  }

  /** Whether the file's version was raised; false: it references the copy; empty: it changed. */
  private Future<Optional<Boolean>> raise(CopyIntent intent) {
    return files
        .getOrBegin(intent.fileId())
        .compose(
            file ->
                file.references(intent.copyId())
                    ? Future.succeededFuture(Optional.of(false))
                    : files.replace(file, file.version()).map(done -> done.map(r -> true)));
  }

  private Future<Boolean> bury(CopyIntent marked, DiscardCopy request) {
    CrashPoint.DISCARD_RAISED.reached();
    return garbage
        .put(entry(marked, request))
        .map(CrashPoint.DISCARD_BURIED::passed)
        .compose(put -> copies.end(marked))
        .map(true);
  }

  private Garbage entry(CopyIntent copy, DiscardCopy request) {
    return entry(
        request,
        copy.location(),
        copy.key(),
        copy.resumeToken(),
        request.reason(),
        copy.contentId(),
        copy.unproven());
  }

  private Garbage entry(
      DiscardCopy request,
      String location,
      String key,
      String resumeToken,
      String reason,
      String contentId,
      Replica copy) {
    Instant now = clock.instant();
    return new Garbage(
        request.copyId(),
        0,
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

  private CopyIntent discarded(CopyIntent intent) {
    return new CopyIntent(
        intent.copyId(),
        intent.version(),
        intent.fileId(),
        intent.contentId(),
        intent.location(),
        intent.key(),
        intent.format(),
        intent.keyId(),
        intent.createdAtS(),
        intent.purpose(),
        intent.owner(),
        intent.resumeToken(),
        intent.durableBytes(),
        true,
        clock.instant());
  }
}
