package io.movingdata.catalog.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Sends requests of one kind together: what comes while a batch is under way forms the next one. So
 * a request that comes alone is sent at once, and many at a time cost little more than one. All
 * calls come from one context.
 *
 * @param <Q> request
 * @param <R> answer
 */
final class Batcher<Q, R> {
  private static final int MOST = 64;

  private final Function<Q, String> subject;
  private final Function<List<Q>, Future<List<R>>> send;
  private final Deque<Waiting<Q, R>> waiting = new ArrayDeque<>();
  private boolean sending;

  private record Waiting<Q, R>(Q request, Promise<R> answer) {}

  /**
   * A batcher.
   *
   * @param subject what a request is about; no batch holds two about the same
   * @param send answers each request of a batch, in order
   */
  Batcher(Function<Q, String> subject, Function<List<Q>, Future<List<R>>> send) {
    this.subject = subject;
    this.send = send;
  }

  Future<R> add(Q request) {
    Promise<R> answer = Promise.promise();
    waiting.add(new Waiting<>(request, answer));
    next();
    return answer.future();
  }

  private void next() {
    if (sending || waiting.isEmpty()) {
      return;
    }
    sending = true;
    List<Waiting<Q, R>> batch = take();
    List<Q> requests = batch.stream().map(Waiting::request).toList();
    Future<List<R>> answers;
    try {
      answers = send.apply(requests);
    } catch (RuntimeException e) {
      answers = Future.failedFuture(e);
    }
    answers.onComplete(
        all -> {
          for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer().complete(all.get(i));
          }
        },
        failure -> batch.forEach(one -> one.answer().fail(failure)));
    answers.onComplete(
        done -> {
          sending = false;
          next();
        });
  }

  /** The first ones; of two about the same subject the later waits for the next batch. */
  private List<Waiting<Q, R>> take() {
    List<Waiting<Q, R>> batch = new ArrayList<>();
    List<Waiting<Q, R>> later = new ArrayList<>();
    Set<String> subjects = new HashSet<>();
    while (batch.size() < MOST && !waiting.isEmpty()) {
      Waiting<Q, R> one = waiting.poll();
      (subjects.add(subject.apply(one.request())) ? batch : later).add(one);
    }
    for (int i = later.size() - 1; i >= 0; i--) {
      waiting.addFirst(later.get(i));
    }
    return batch;
  }
}
