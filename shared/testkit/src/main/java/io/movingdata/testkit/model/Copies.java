package io.movingdata.testkit.model;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi.CopyList;
import io.movingdata.core.contract.CatalogApi.CopyProgress;
import io.movingdata.core.contract.CatalogApi.CopyRef;
import io.movingdata.core.contract.CatalogApi.CopyReply;
import io.movingdata.core.contract.CatalogApi.StaleCopies;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.testkit.model.ModelCatalog.Intent;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;

/** Intents from their opening on. */
final class Copies {
  private Copies() {}

  /** {@code OPEN_COPY}. */
  static final class Opening extends Operation<Done> {
    private final ModelCatalog catalog;
    private final CopyIntent intent;

    Opening(ModelCatalog catalog, Clock clock, CopyIntent request) {
      this.catalog = catalog;
      this.intent =
          changed(
                  request,
                  request.owner(),
                  request.resumeToken(),
                  request.durableBytes(),
                  request.discarded(),
                  clock.instant())
              .atVersion(1);
      startWith(this::insert);
    }

    private Step insert() {
      boolean opened = catalog.copies.insert(intent.copyId(), new Intent(intent, false));
      return opened ? answer(Done.DONE) : this::present;
    }

    private Step present() {
      boolean same =
          catalog
              .intentOrMarker(intent.copyId())
              .filter(open -> !open.discarded())
              .filter(open -> open.fileId().equals(intent.fileId()))
              .filter(open -> open.location().equals(intent.location()))
              .filter(open -> open.key().equals(intent.key()))
              .isPresent();
      return same ? answer(Done.DONE) : notOpen();
    }
  }

  /** {@code COPY_PROGRESS}. */
  static final class Progressing extends Operation<Done> {
    private final ModelCatalog catalog;
    private final Clock clock;
    private final CopyProgress progress;
    private CopyIntent seen;

    Progressing(ModelCatalog catalog, Clock clock, CopyProgress progress) {
      this.catalog = catalog;
      this.clock = clock;
      this.progress = progress;
      startWith(this::read);
    }

    private Step read() {
      seen = catalog.intentOrMarker(progress.copyId()).filter(c -> !c.discarded()).orElse(null);
      return seen == null ? notOpen() : this::write;
    }

    private Step write() {
      CopyIntent next =
          changed(
              seen,
              progress.owner(),
              progress.resumeToken(),
              progress.durableBytes(),
              false,
              clock.instant());
      boolean done = catalog.copies.replace(seen.copyId(), seen.version(), new Intent(next, false));
      return done ? answer(Done.DONE) : this::read;
    }
  }

  /** {@code GET_COPY}. */
  static Operation<CopyReply> get(ModelCatalog catalog, CopyRef ref) {
    return Operation.of(() -> new CopyReply(catalog.intent(ref.copyId()).orElse(null)));
  }

  /** {@code STALE_COPIES}. */
  static Operation<CopyList> stale(ModelCatalog catalog, StaleCopies request) {
    return Operation.of(
        () ->
            new CopyList(
                catalog
                    .copies
                    .find(
                        i -> !i.ended() && i.copy().updatedAt().isBefore(request.before()),
                        Comparator.comparing(i -> i.copy().updatedAt()),
                        request.limit())
                    .stream()
                    .map(Intent::copy)
                    .toList()));
  }

  /** Leaves a marker in place of an intent; false: that one has changed. */
  static boolean end(ModelCatalog catalog, CopyIntent intent) {
    CopyIntent marker =
        changed(intent, intent.owner(), null, intent.durableBytes(), true, intent.updatedAt());
    return catalog.copies.replace(intent.copyId(), intent.version(), new Intent(marker, true));
  }

  /** The intent as one that was given up. */
  static CopyIntent discarded(CopyIntent c, Instant now) {
    return changed(c, c.owner(), c.resumeToken(), c.durableBytes(), true, now);
  }

  private static CopyIntent changed(
      CopyIntent c,
      String owner,
      String resumeToken,
      long durableBytes,
      boolean discarded,
      Instant updatedAt) {
    return new CopyIntent(
        c.copyId(),
        c.version() + 1,
        c.fileId(),
        c.contentId(),
        c.location(),
        c.key(),
        c.format(),
        c.keyId(),
        c.createdAtS(),
        c.purpose(),
        owner,
        resumeToken,
        durableBytes,
        discarded,
        updatedAt);
  }

  private static Operation.Step notOpen() {
    throw MovingDataException.of(ErrorCode.CONFLICT, "the copy is not open");
  }
}
