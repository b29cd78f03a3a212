package io.movingdata.consistency.pass;

import io.movingdata.consistency.verify.CopyCheck;
import io.movingdata.consistency.verify.CopyCheck.Expected;
import io.movingdata.consistency.verify.OrphanCheck;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.PassShard;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Compares a location's listing with the catalog, both in the order of keys, a page of the listing
 * and a {@link Window} of the catalog at a time. What seems to differ is looked at closely before
 * it counts, since both change meanwhile.
 */
final class LightScan implements Scan {
  private static final int PAGE = 1000;
  private static final int UNANSWERED = 20;

  /** The cursor: the last key compared, and where the listing goes on after it. */
  private static final String BETWEEN = "|";

  private final String passId;
  private final String location;
  private final Expectations expectations;
  private final Optional<CatalogCheck> check;
  private final StorageClient storage;
  private final Inspector inspector;
  private final OrphanCheck orphans;
  private final Predicate<String> foreign;
  private final Predicate<Tally> hopeless;
  private Tally tally;
  private Tally saved;
  private Window window;
  private String lastKey;
  private int unanswered;
  private boolean stopped;

  /**
   * A scan.
   *
   * @param check looks at the catalog itself, in one shard of a pass
   * @param foreign keys that are not compared: other things of ours
   * @param hopeless when so much is bad that the rest need not be looked at
   */
  LightScan(
      String passId,
      PassShard shard,
      Expectations expectations,
      Optional<CatalogCheck> check,
      StorageClient storage,
      Inspector inspector,
      OrphanCheck orphans,
      Predicate<String> foreign,
      Predicate<Tally> hopeless) {
    this.passId = passId;
    this.location = shard.location();
    this.expectations = expectations;
    this.check = check;
    this.storage = storage;
    this.inspector = inspector;
    this.orphans = orphans;
    this.foreign = foreign;
    this.hopeless = hopeless;
    this.tally = Tally.of(shard);
    this.saved = tally;
  }

  @Override
  public Future<Void> run() {
    String cursor = tally.cursor();
    int between = cursor == null ? -1 : cursor.indexOf(BETWEEN);
    lastKey = between < 0 ? null : cursor.substring(0, between);
    String token = between < 0 ? null : cursor.substring(between + 1);
    return load(file -> check.ifPresent(c -> c.look(file)))
        .compose(loaded -> checked())
        .compose(ready -> page(token))
        .onSuccess(done -> saved = tally);
  }

  @Override
  public Tally tally() {
    return saved;
  }

  @Override
  public void stop() {
    stopped = true;
  }

  private Future<Void> checked() {
    return check.isEmpty() || stopped
        ? Future.succeededFuture()
        : check
            .get()
            .settle()
            .map(
                wrong -> {
                  tally = tally.foundElsewhere(wrong);
                  return null;
                });
  }

  /** The next copies that the catalog expects. */
  private Future<Void> load(Consumer<FileRecord> also) {
    return expectations
        .after(lastKey, also, () -> stopped)
        .map(
            next -> {
              window = next;
              return null;
            });
  }

  private Future<Void> page(String token) {
    if (stopped || hopeless.test(tally)) {
      return Future.succeededFuture();
    }
    return storage
        .list(location, new ListRequest(null, null, token, PAGE))
        .recover(failure -> Future.failedFuture(new Unreachable(failure)))
        .compose(page -> each(page.objects(), 0).map(page))
        .compose(
            page -> {
              if (page.next() == null) {
                return rest();
              }
              tally = tally.at(lastKey + BETWEEN + page.next());
              saved = tally;
              return page(page.next());
            });
  }

  private Future<Void> each(List<ObjectStat> objects, int from) {
    List<Supplier<Future<Void>>> doubts = new ArrayList<>();
    int index = from;
    while (index < objects.size() && doubts.isEmpty() && !stopped) {
      ObjectStat object = objects.get(index);
      if (lastKey != null && object.key().compareTo(lastKey) <= 0) {
        return Future.failedFuture(
            new Unreachable(new IllegalStateException("the listing is not in the order of keys")));
      }
      if (window.moreFollow()
          && (window.last() == null || object.key().compareTo(window.last()) > 0)) {
        int here = index;
        return load(file -> {}).compose(loaded -> each(objects, here));
      }
      merge(object, doubts);
      lastKey = object.key();
      index++;
    }
    int next = index;
    return doubts.isEmpty()
        ? Future.succeededFuture()
        : inTurn(doubts, 0).compose(done -> each(objects, next));
  }

  /** Takes what the catalog expects up to an object of the listing. */
  private void merge(ObjectStat object, List<Supplier<Future<Void>>> doubts) {
    Expected expected = window.peek();
    while (expected != null && expected.key().compareTo(object.key()) < 0) {
      doubtful(window.take(), doubts);
      expected = window.peek();
    }
    if (expected != null && expected.key().equals(object.key())) {
      window.take();
      tally = tally.examined(0);
      if (expected.verified() && CopyCheck.differs(expected, object)) {
        Expected doubted = expected;
        doubts.add(() -> inspect(doubted));
      }
    } else if (!foreign.test(object.key()) && orphans.settled(object)) {
      doubts.add(() -> lookAtOrphan(object.key()));
    }
  }

  /** A copy that the listing does not show. */
  private void doubtful(Expected expected, List<Supplier<Future<Void>>> doubts) {
    tally = tally.examined(0);
    if (expected.verified()) {
      doubts.add(() -> inspect(expected));
    }
  }

  /** What the catalog expects after the listing's end. */
  private Future<Void> rest() {
    if (stopped || hopeless.test(tally)) {
      return Future.succeededFuture();
    }
    Expected expected = window.peek();
    if (expected == null) {
      lastKey = window.last();
      return window.moreFollow()
          ? load(file -> {}).compose(loaded -> rest())
          : Future.succeededFuture();
    }
    List<Supplier<Future<Void>>> doubts = new ArrayList<>();
    doubtful(window.take(), doubts);
    return inTurn(doubts, 0).compose(done -> rest());
  }

  private Future<Void> inTurn(List<Supplier<Future<Void>>> doubts, int index) {
    return index == doubts.size() || stopped
        ? Future.succeededFuture()
        : doubts.get(index).get().compose(done -> inTurn(doubts, index + 1));
  }

  private Future<Void> inspect(Expected copy) {
    return inspector
        .inspect(copy.fileId(), location, copy.key(), false, passId)
        .transform(seen -> settle(seen.succeeded() ? seen.result() : null, seen.cause()));
  }

  private Future<Void> lookAtOrphan(String key) {
    return orphans
        .look(location, key, passId)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(found)
                    : inspector.record(found.get()).map(Optional::of))
        .transform(seen -> settle(seen.succeeded() ? seen.result() : null, seen.cause()));
  }

  private Future<Void> settle(Optional<Finding> found, Throwable failure) {
    if (failure == null) {
      unanswered = 0;
      found.ifPresent(finding -> tally = tally.found(finding.kind().ofReplica()));
      return Future.succeededFuture();
    }
    if (Reach.isCatalog(failure)) {
      return Future.failedFuture(failure);
    }
    tally = tally.withUnknown();
    return ++unanswered < UNANSWERED
        ? Future.succeededFuture()
        : Future.failedFuture(new Unreachable(failure));
  }
}
