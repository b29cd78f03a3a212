package io.movingdata.core.storage;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a location's provider answers. Where an operation fails for want of an answer, or several
 * wait and none is answered, the provider is asked something short; after two misses it is away:
 * whatever waits for it fails, and whatever comes fails at once, so that an outage holds neither
 * callers nor memory. It is asked on, and is back with its first answer. Slow is not away. Belongs
 * to one event loop.
 */
public final class ProviderGate {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderGate.class);
  private static final String AWAY = "movingdata.providers-away";
  private static final int MISSES = 2;
  private static final int MOST_QUESTIONS = 4;
  private static final long SHORTEST_WAIT_MS = 3_000;
  private static final long LONGEST_WAIT_MS = 30_000;

  private final Vertx vertx;
  private final String location;
  private final Supplier<? extends Future<?>> question;
  private final Timing timing;
  private final Set<Promise<?>> waiting = new HashSet<>();
  private long answeredNanos = System.nanoTime();
  private long awaySinceNanos;
  private boolean away;
  private boolean suspected;
  private boolean asking;
  private int questions;
  private int misses;
  private String why = "";
  private long timer = -1;

  /**
   * How patient a gate is.
   *
   * @param lookMs between two looks
   * @param quietMs without an answer, while operations wait, until the provider is asked
   * @param answerMs for the answer to that question
   */
  record Timing(long lookMs, long quietMs, long answerMs) {
    static final Timing USUAL = new Timing(1_000, 3_000, 5_000);
  }

  /** An open gate; {@code question} is short and harmless. */
  ProviderGate(
      Vertx vertx, String location, Supplier<? extends Future<?>> question, Timing timing) {
    this.vertx = vertx;
    this.location = location;
    this.question = question;
    this.timing = timing;
  }

  /** The locations whose providers are away, as far as the workers of this Vert.x know. */
  public static Set<String> away(Vertx vertx) {
    return Set.copyOf(places(vertx).keySet());
  }

  private static LocalMap<String, Boolean> places(Vertx vertx) {
    return vertx.sharedData().getLocalMap(AWAY);
  }

  /** Begins to look. */
  void start() {
    timer = vertx.setPeriodic(timing.lookMs(), tick -> look());
  }

  /** Stops looking, and forgets what it knew. */
  void stop() {
    vertx.cancelTimer(timer);
    places(vertx).remove(location);
  }

  /**
   * Does something at the provider, unless it is away.
   *
   * @param late takes what comes when nobody waits for it any more
   */
  <T> Future<T> pass(Supplier<Future<T>> operation, Consumer<T> late) {
    if (away) {
      return Future.failedFuture(refusal());
    }
    Future<T> outcome = operation.get();
    Promise<T> promise = Promise.promise();
    waiting.add(promise);
    outcome.onComplete(
        value -> {
          waiting.remove(promise);
          answered();
          if (!promise.tryComplete(value)) {
            late.accept(value);
          }
        },
        failure -> {
          waiting.remove(promise);
          failed(failure);
          promise.tryFail(failure);
        });
    return promise.future();
  }

  private void failed(Throwable failure) {
    if (!unanswered(failure)) {
      answered();
    } else if (!away) {
      suspected = true;
      why = failure.getMessage();
      look();
    }
  }

  private static boolean unanswered(Throwable failure) {
    return MovingDataException.is(failure, ErrorCode.PROVIDER_DOWN);
  }

  private void look() {
    long quiet = millisSince(answeredNanos);
    boolean silent = !waiting.isEmpty() && quiet >= timing.quietMs();
    if (!asking && questions < MOST_QUESTIONS && (away || suspected || silent)) {
      ask();
    }
  }

  /** A question may be answered late; until then others are asked. */
  private void ask() {
    asking = true;
    questions++;
    long patience =
        vertx.setTimer(
            timing.answerMs(),
            fired -> {
              asking = false;
              missed("it does not answer");
            });
    question
        .get()
        .onComplete(
            answer -> {
              questions--;
              boolean inTime = vertx.cancelTimer(patience);
              if (inTime) {
                asking = false;
              }
              if (answer.succeeded() || !unanswered(answer.cause())) {
                answered();
              } else if (inTime) {
                missed(answer.cause().getMessage());
              }
            });
  }

  private void answered() {
    answeredNanos = System.nanoTime();
    suspected = false;
    misses = 0;
    if (away) {
      away = false;
      places(vertx).remove(location);
      LOG.info("the provider of {} is back", location);
    }
  }

  private void missed(String reason) {
    why = reason;
    misses++;
    if (away || misses < MISSES) {
      return;
    }
    away = true;
    awaySinceNanos = System.nanoTime();
    places(vertx).put(location, true);
    LOG.warn("the provider of {} is away: {}", location, why);
    List<Promise<?>> given = new ArrayList<>(waiting);
    waiting.clear();
    given.forEach(promise -> promise.tryFail(refusal()));
  }

  /** The longer it is away, the less often callers come back. */
  private MovingDataException refusal() {
    long wait = Math.max(SHORTEST_WAIT_MS, millisSince(awaySinceNanos) / 2);
    return MovingDataException.of(
            ErrorCode.PROVIDER_DOWN, "the provider of location " + location + " is away: " + why)
        .withRetryAfterMs(Math.min(wait, LONGEST_WAIT_MS));
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
