package io.movingdata.consistency.pass;

import io.movingdata.consistency.tool.Parallel;
import io.movingdata.consistency.verify.Throttle;
import io.movingdata.core.contract.CatalogApi.VerifiedCopy;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.PassShard;
import io.movingdata.core.model.Replica;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads every copy of a slice of the files at one location, no faster than the throttle allows, and
 * records after each page of files which copies were read whole and are what they must be.
 */
final class DeepScan implements Scan {
  private static final int PAGE = 200;
  private static final int SIDE_BY_SIDE = 4;
  private static final int UNANSWERED = 5;

  private final String passId;
  private final PassShard shard;
  private final Catalog catalog;
  private final Inspector inspector;
  private final Throttle throttle;
  private final Clock clock;
  private final Predicate<Tally> hopeless;
  private final List<VerifiedCopy> whole = new ArrayList<>();
  private Tally tally;
  private Tally saved;
  private int unanswered;
  private boolean stopped;

  DeepScan(
      String passId,
      PassShard shard,
      Catalog catalog,
      Inspector inspector,
      Throttle throttle,
      Clock clock,
      Predicate<Tally> hopeless) {
    this.passId = passId;
    this.shard = shard;
    this.catalog = catalog;
    this.inspector = inspector;
    this.throttle = throttle;
    this.clock = clock;
    this.hopeless = hopeless;
    this.tally = Tally.of(shard);
    this.saved = tally;
  }

  @Override
  public Tally tally() {
    return saved;
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public Future<Void> run() {
    if (stopped || hopeless.test(tally)) {
      saved = stopped ? saved : tally;
      return Future.succeededFuture();
    }
    return catalog
        .page(tally.cursor(), PAGE)
        .compose(
            page ->
                each(page.files())
                    .compose(done -> record())
                    .compose(
                        done -> {
                          if (page.next() == null && !stopped) {
                            saved = tally;
                          }
                          if (page.next() == null || stopped) {
                            return Future.succeededFuture();
                          }
                          tally = tally.at(page.next());
                          saved = tally;
                          return run();
                        }));
  }

  private Future<?> record() {
    List<VerifiedCopy> copies = List.copyOf(whole);
    whole.clear();
    return catalog.verified(copies);
  }

  /** A few at a time: of small objects it is the way to the provider and back that takes long. */
  private Future<Void> each(List<FileRecord> files) {
    List<FileRecord> mine = files.stream().filter(this::isMine).toList();
    return Parallel.each(
        mine,
        SIDE_BY_SIDE,
        file ->
            stopped
                ? Future.succeededFuture()
                : read(file, file.verifiedAt(shard.location()).orElseThrow()));
  }

  private boolean isMine(FileRecord file) {
    return Math.floorMod(file.id().hashCode(), shard.slices()) == shard.slice()
        && file.verifiedAt(shard.location()).isPresent();
  }

  private Future<Void> read(FileRecord file, Replica copy) {
    return throttle
        .take(copy.bytes())
        .compose(ready -> inspector.inspect(file.id(), shard.location(), copy.key(), true, passId))
        .transform(
            seen -> {
              if (seen.succeeded()) {
                unanswered = 0;
                tally = tally.examined(copy.bytes());
                seen.result()
                    .ifPresentOrElse(
                        f -> tally = tally.found(f.kind().ofReplica()),
                        () ->
                            whole.add(new VerifiedCopy(file.id(), copy.copyId(), clock.instant())));
                return Future.succeededFuture();
              }
              if (Reach.isCatalog(seen.cause())) {
                return Future.failedFuture(seen.cause());
              }
              tally = tally.withUnknown();
              return ++unanswered < UNANSWERED
                  ? Future.succeededFuture()
                  : Future.failedFuture(new Unreachable(seen.cause()));
            });
  }
}
