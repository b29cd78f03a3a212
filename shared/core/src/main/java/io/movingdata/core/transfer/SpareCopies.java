package io.movingdata.core.transfer;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.Replica;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.security.ObjectLayout;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Copies of a file's present content that no longer are the file's, or never were, and wait for the
 * collector: what is left to read from where none of its own is whole. They may be as bad, or not
 * there; nothing makes them the file's again.
 */
public final class SpareCopies {
  /**
   * Kept for as long, and for as long as reading them at 10 MB/s takes. Who is slower asks again:
   * the collector proves another copy before it deletes one.
   */
  private static final long LEAST_HOLD_MS = 120_000;

  private static final long BYTES_A_MS = 10_000;

  private final NodeContext node;
  private final Bus bus;

  public SpareCopies(NodeContext node) {
    this.node = node;
    this.bus = node.bus();
  }

  /** The copies that there are, those that once were verified first, the youngest first. */
  public Future<List<Replica>> of(FileRecord file) {
    return bus.request(CatalogApi.FILE_GARBAGE, new CatalogApi.GarbageOf(file.id()))
        .map(
            list ->
                list.entries().stream()
                    .filter(entry -> entry.copy() != null)
                    .filter(entry -> file.contentId().equals(entry.contentId()))
                    .filter(entry -> !file.references(entry.copyId()))
                    .sorted(
                        Comparator.comparing((Garbage entry) -> !entry.copy().verified())
                            .thenComparing(Garbage::createdAt, Comparator.reverseOrder()))
                    .map(entry -> sized(file, entry.copy()))
                    .toList());
  }

  /** Of a copy that was given up it is only known how large it is where it is whole. */
  private static Replica sized(FileRecord file, Replica copy) {
    long bytes = new ObjectLayout(file.sizeBytes()).storedSize();
    return copy.bytes() > 0 ? copy : copy.withBytes(bytes);
  }

  /**
   * Keeps the collector from a copy for long enough to read it. Fails with {@code VERSION_CONFLICT}
   * while a collector has it in hand, and with {@code OBJECT_NOT_FOUND} once it is collected.
   */
  public Future<Replica> hold(Replica copy) {
    return Retries.run(bus.vertx(), RetryPolicy.BUS, () -> holdOnce(copy)).map(copy);
  }

  private Future<?> holdOnce(Replica copy) {
    return bus.request(CatalogApi.GET_GARBAGE, new CatalogApi.CopyRef(copy.copyId()))
        .compose(
            found -> {
              if (found.entries().isEmpty()) {
                throw MovingDataException.of(
                    ErrorCode.OBJECT_NOT_FOUND, "the copy has been collected");
              }
              return postpone(found.entries().get(0), copy.bytes());
            });
  }

  private Future<?> postpone(Garbage entry, long bytes) {
    Instant now = node.clock().instant();
    if (entry.leaseUntil() != null && entry.leaseUntil().isAfter(now)) {
      throw MovingDataException.of(
          ErrorCode.VERSION_CONFLICT, "a collector has the copy in hand: try again");
    }
    Instant until = now.plusMillis(LEAST_HOLD_MS + bytes / BYTES_A_MS);
    return entry.dueAt().isAfter(until)
        ? Future.succeededFuture()
        : bus.request(
            CatalogApi.SETTLE_GARBAGE,
            new CatalogApi.SettleGarbage(
                entry.copyId(), entry.version(), until, "its file is read from it"));
  }
}
