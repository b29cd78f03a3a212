package io.movingdata.gateway.once;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.BeginOnce;
import io.movingdata.core.contract.CatalogApi.FinishOnce;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.Requester;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Call;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does work once for an {@code Idempotency-Key} and gives its answer to every repetition for a day.
 * A key belongs to a principal and to one request; a failure frees it.
 */
public final class Once {
  private static final Logger LOG = LoggerFactory.getLogger(Once.class);
  private static final String HEADER = "Idempotency-Key";
  private static final Duration KEPT = Duration.ofHours(24);
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final long LOOK_MS = 250;

  private final Bus bus;
  private final String owner;

  public Once(Bus bus, String owner) {
    this.bus = bus;
    this.owner = owner;
  }

  /**
   * Does the work, or answers as it was answered before. {@code KEY_REUSED} where the key belongs
   * to another request, {@code CONFLICT} where the first one runs for too long.
   *
   * @param body what the request asks for
   */
  public Future<Answer> run(Call call, Requester who, String body, Supplier<Future<Answer>> work) {
    String key = call.header(HEADER);
    if (key == null) {
      return work.get();
    }
    if (!key.matches("[\\x20-\\x7e]{1,255}")) {
      return Future.failedFuture(
          MovingDataException.invalid(HEADER, "must be 1 to 255 printable ASCII characters"));
    }
    String request =
        String.join(
            "\n", call.operation().id(), call.target().path(), who.roles().toString(), body);
    BeginOnce begin =
        new BeginOnce(hash(who.principal() + "\n" + key), hash(request), KEPT.toMillis(), owner);
    return attempt(begin, System.nanoTime() + PATIENCE_NANOS, work);
  }

  private Future<Answer> attempt(BeginOnce begin, long until, Supplier<Future<Answer>> work) {
    return bus.request(CatalogApi.BEGIN_ONCE, begin)
        .compose(
            once ->
                switch (once.state()) {
                  case "new" -> first(begin, work);
                  case "finished" -> Future.succeededFuture(replayed(once));
                  case "running" -> wait(begin, until, work);
                  default ->
                      Future.failedFuture(
                          MovingDataException.of(
                              ErrorCode.KEY_REUSED, "the key was used with another request"));
                });
  }

  private Future<Answer> wait(BeginOnce begin, long until, Supplier<Future<Answer>> work) {
    if (System.nanoTime() - until > 0) {
      return Future.failedFuture(
          MovingDataException.of(ErrorCode.CONFLICT, "the first request of this key still runs")
              .withRetryAfterMs(5_000));
    }
    return bus.vertx()
        .timer(LOOK_MS, TimeUnit.MILLISECONDS)
        .compose(fired -> attempt(begin, until, work));
  }

  private Future<Answer> first(BeginOnce begin, Supplier<Future<Answer>> work) {
    Future<Answer> done;
    try {
      done = work.get();
    } catch (RuntimeException e) {
      done = Future.failedFuture(e);
    }
    return done.compose(
        answer ->
            finish(
                    new FinishOnce(
                        begin.key(),
                        answer.status(),
                        answer.headers().get("Location"),
                        answer.body() == null ? null : answer.body().toString()))
                .map(kept -> answer),
        failure ->
            finish(new FinishOnce(begin.key(), 0, null, null))
                .compose(freed -> Future.failedFuture(failure)));
  }

  private Future<Void> finish(FinishOnce end) {
    return Retries.run(bus.vertx(), RetryPolicy.BUS, () -> bus.request(CatalogApi.FINISH_ONCE, end))
        .<Void>mapEmpty()
        .otherwise(
            failure -> {
              LOG.warn("an idempotency key stays open: {}", failure.getMessage());
              return null;
            });
  }

  private static Answer replayed(CatalogApi.Once once) {
    Answer answer =
        once.body() == null
            ? Answer.empty(once.status())
            : Answer.of(once.status(), "application/json", Buffer.buffer(once.body()));
    return answer.with("Location", once.location()).with("Idempotency-Replayed", "true");
  }

  private static String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
