package io.movingdata.core.storage;

import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ObjectStore.Part;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Sends the parts of one upload in order, as many at once as the provider takes, and tells who
 * waits when they are durable. After a failure it sends nothing more.
 */
final class PartSender {
  private final ObjectStore store;
  private final String key;
  private final String uploadId;
  private final PartLedger ledger;
  private final Deque<Ready> queued = new ArrayDeque<>();
  private final List<Wait> waits = new ArrayList<>();
  private int sending;
  private Throwable failure;

  private record Ready(Part part, PartBuffer buffer) {}

  /**
   * Somebody who waits.
   *
   * @param settles whether it waits for the end of what is under way, so that no failure ends it
   */
  private record Wait(BooleanSupplier condition, boolean settles, Promise<Void> promise) {}

  PartSender(ObjectStore store, String key, String uploadId, PartLedger ledger) {
    this.store = store;
    this.key = key;
    this.uploadId = uploadId;
    this.ledger = ledger;
  }

  void send(PartBuffer buffer, boolean last) {
    Part part = ledger.begin(buffer.size(), last, buffer.checksum());
    queued.add(new Ready(part, buffer));
    pump();
  }

  private void pump() {
    while (failure == null && sending < store.parallelParts() && !queued.isEmpty()) {
      Ready next = queued.poll();
      sending++;
      store
          .uploadPart(key, uploadId, next.part(), next.buffer().bytes())
          .onComplete(tag -> stored(next, tag), cause -> failed(next, cause));
    }
  }

  private void stored(Ready sent, String tag) {
    CrashPoint.PART_DURABLE.reached();
    sending--;
    sent.buffer().release();
    ledger.stored(sent.part(), tag);
    pump();
    wake();
  }

  private void failed(Ready sent, Throwable cause) {
    sending--;
    sent.buffer().release();
    stop(cause);
  }

  private void stop(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    queued.forEach(ready -> ready.buffer().release());
    queued.clear();
    wake();
  }

  /** Why it stopped; null while it works. */
  Throwable failure() {
    return failure;
  }

  boolean busy() {
    return sending > 0;
  }

  /** Completes once the provider holds everything before the offset; fails where it never will. */
  Future<Void> durableAt(long offset) {
    return when(() -> ledger.durable() >= offset, false);
  }

  /** Completes once another part may begin: so many wait for the provider at most. */
  Future<Void> room() {
    return when(() -> ledger.pending() <= store.parallelParts(), false);
  }

  /** Sends nothing more; completes once nothing is under way. */
  Future<Void> close() {
    stop(MovingDataException.of(ErrorCode.SESSION_LOST, "the write was closed"));
    return when(() -> sending == 0, true);
  }

  private Future<Void> when(BooleanSupplier condition, boolean settles) {
    Promise<Void> promise = Promise.promise();
    waits.add(new Wait(condition, settles, promise));
    wake();
    return promise.future();
  }

  private void wake() {
    List<Wait> ready = waits.stream().filter(wait -> wait.condition().getAsBoolean()).toList();
    waits.removeAll(ready);
    List<Wait> failing = List.of();
    if (failure != null) {
      failing = waits.stream().filter(wait -> !wait.settles()).toList();
      waits.removeAll(failing);
    }
    ready.forEach(wait -> wait.promise().tryComplete());
    failing.forEach(wait -> wait.promise().tryFail(failure));
  }
}
