package io.movingdata.catalog;

import io.movingdata.core.contract.CatalogApi.Usage;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What each location holds, counted file by file, a page at a time, so that nobody waits long for
 * the store meanwhile. Counting rests ten times as long as it took, and five seconds at least.
 */
final class UsageService {
  private static final int PAGE = 1_000;
  private static final long LEAST_REST_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int RESTS = 10;
  private static final long PATIENCE_MS = 1_000;

  private final FileRepository files;
  private Future<Usage> counting = Future.failedFuture("not counted yet");
  private Usage last;
  private long restUntil = System.nanoTime();

  UsageService(FileRepository files) {
    this.files = files;
  }

  /**
   * Carries out {@code CatalogApi.USAGE}; while counting takes long, with what was counted last.
   */
  Future<Usage> usage() {
    if (counting.isComplete() && (counting.failed() || System.nanoTime() - restUntil >= 0)) {
      count();
    }
    Usage before = last;
    return before == null || counting.isComplete()
        ? counting
        : counting
            .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
            .recover(
                failure ->
                    failure instanceof TimeoutException
                        ? Future.succeededFuture(before)
                        : Future.failedFuture(failure));
  }

  private void count() {
    long begun = System.nanoTime();
    counting =
        page(null, new UsageTally())
            .onSuccess(
                usage -> {
                  long now = System.nanoTime();
                  restUntil = now + Math.max(LEAST_REST_NANOS, RESTS * (now - begun));
                  last = usage;
                });
  }

  private Future<Usage> page(String after, UsageTally tally) {
    return files
        .sizes(after, PAGE)
        .compose(
            some -> {
              some.forEach(tally::add);
              return some.size() < PAGE
                  ? Future.succeededFuture(tally.usage())
                  : page(some.get(PAGE - 1).getString("_id"), tally);
            });
  }
}
