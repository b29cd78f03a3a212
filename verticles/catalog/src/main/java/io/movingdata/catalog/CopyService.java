package io.movingdata.catalog;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi.CopyList;
import io.movingdata.core.contract.CatalogApi.CopyProgress;
import io.movingdata.core.contract.CatalogApi.CopyRef;
import io.movingdata.core.contract.CatalogApi.CopyReply;
import io.movingdata.core.contract.CatalogApi.StaleCopies;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileIds;
import io.vertx.core.Future;
import java.time.Clock;

/** Intents from their opening until the copy is placed or given up. */
final class CopyService {
  private final CopyRepository copies;
  private final Clock clock;

  CopyService(CopyRepository copies, Clock clock) {
    this.copies = copies;
    this.clock = clock;
  }

  /** Carries out {@code CatalogApi.OPEN_COPY}. */
  Future<Done> open(CopyIntent intent) {
    Ids.copy(intent.copyId());
    FileIds.require(intent.fileId());
    if (intent.location() == null || intent.key() == null) {
      throw MovingDataException.invalid("location", "and key must be given");
    }
    return copies
        .insert(changed(intent, intent.owner(), intent.resumeToken(), intent.durableBytes()))
        .compose(
            inserted ->
                inserted.isPresent() ? Future.succeededFuture(Done.DONE) : openAlready(intent));
  }

  private Future<Done> openAlready(CopyIntent intent) {
    return copies
        .getOrMarker(intent.copyId())
        .map(
            found -> {
              boolean same =
                  found.isPresent()
                      && !found.get().discarded()
                      && found.get().fileId().equals(intent.fileId())
                      && found.get().location().equals(intent.location())
                      && found.get().key().equals(intent.key());
              if (!same) {
                throw notOpen();
              }
              return Done.DONE;
            });
  }

  /** Carries out {@code CatalogApi.COPY_PROGRESS}. */
  Future<Done> progress(CopyProgress progress) {
    Ids.copy(progress.copyId());
    return CasLoop.run(
            () ->
                copies
                    .getOrMarker(progress.copyId())
                    .compose(
                        found -> {
                          CopyIntent open =
                              found.filter(c -> !c.discarded()).orElseThrow(CopyService::notOpen);
                          return copies.replace(
                              changed(
                                  open,
                                  progress.owner(),
                                  progress.resumeToken(),
                                  progress.durableBytes()));
                        }))
        .map(CrashPoint.PROGRESS_RECORDED::passed)
        .map(Done.DONE);
  }

  /** Carries out {@code CatalogApi.GET_COPY}. */
  Future<CopyReply> get(CopyRef ref) {
    return copies.get(Ids.copy(ref.copyId())).map(found -> new CopyReply(found.orElse(null)));
  }

  /** Carries out {@code CatalogApi.STALE_COPIES}. */
  Future<CopyList> stale(StaleCopies request) {
    if (request.before() == null) {
      throw MovingDataException.invalid("before", "is missing");
    }
    return copies.stale(request.before(), Ids.limit(request.limit())).map(CopyList::new);
  }

  private CopyIntent changed(
      CopyIntent intent, String owner, String resumeToken, long durableBytes) {
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
        owner,
        resumeToken,
        durableBytes,
        intent.discarded(),
        clock.instant());
  }

  private static MovingDataException notOpen() {
    return MovingDataException.of(ErrorCode.CONFLICT, "the copy is not open: given up or placed");
  }
}
