package io.movingdata.storage.azure;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.retry.Retries;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The bridge from the SDK's publishers to futures. A call is put together and sent off the event
 * loop, ends within a deadline, fails as one of ours and completes on the caller's context.
 */
final class AzureCalls {
  private static final Set<ErrorCode> REPEATED =
      EnumSet.of(ErrorCode.PROVIDER_BUSY, ErrorCode.PROVIDER_DOWN, ErrorCode.CHECKSUM_MISMATCH);

  private final Vertx vertx;
  private final AzureLimits limits;

  AzureCalls(Vertx vertx, AzureLimits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  Vertx vertx() {
    return vertx;
  }

  AzureLimits limits() {
    return limits;
  }

  /** A call that sends nothing to speak of, repeated while that may help. */
  <T> Future<T> retried(String operation, Supplier<Mono<T>> call) {
    return repeat(() -> once(operation, 0, call));
  }

  /** Repeats what is safe to repeat while that may help and the provider asks for little enough. */
  <T> Future<T> repeat(Supplier<Future<T>> operation) {
    return Retries.run(vertx, limits.retry(), this::mayHelp, operation);
  }

  private boolean mayHelp(Throwable failure) {
    return failure instanceof MovingDataException ours
        && REPEATED.contains(ours.code())
        && ours.retryAfterMs() <= limits.longestWait().toMillis();
  }

  /**
   * One call, sent once.
   *
   * @param operation what it is for, as in "read an object"
   * @param bytes how many it sends
   */
  <T> Future<T> once(String operation, long bytes, Supplier<Mono<T>> call) {
    CompletableFuture<T> answer =
        Mono.defer(call)
            .subscribeOn(Schedulers.boundedElastic())
            .timeout(limits.deadline(bytes))
            .contextWrite(LateErrors.ignored())
            .onErrorMap(failure -> AzureErrors.of(failure, operation))
            .toFuture();
    return Future.fromCompletionStage(answer, vertx.getOrCreateContext());
  }
}
