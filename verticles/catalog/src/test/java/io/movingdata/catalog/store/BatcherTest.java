package io.movingdata.catalog.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatcherTest {
  private final List<List<String>> sent = new ArrayList<>();
  private final List<Promise<List<Integer>>> answers = new ArrayList<>();
  private final Batcher<String, Integer> batcher =
      new Batcher<>(request -> request.substring(0, 1), this::send);

  private Future<List<Integer>> send(List<String> batch) {
    sent.add(batch);
    answers.add(Promise.promise());
    return answers.get(answers.size() - 1).future();
  }

  @Test
  void whatComesMeanwhileIsSentTogether() {
    Future<Integer> first = batcher.add("a");
    Future<Integer> second = batcher.add("b");
    Future<Integer> third = batcher.add("c");
    assertThat(sent).containsExactly(List.of("a"));
    answers.get(0).complete(List.of(1));
    assertThat(first.result()).isEqualTo(1);
    assertThat(sent).containsExactly(List.of("a"), List.of("b", "c"));
    answers.get(1).complete(List.of(2, 3));
    assertThat(second.result()).isEqualTo(2);
    assertThat(third.result()).isEqualTo(3);
  }

  @Test
  void twoAboutTheSameNeverShareABatchAndKeepTheirOrder() {
    batcher.add("x");
    List.of("a1", "b1", "a2", "a3", "c1").forEach(batcher::add);
    answers.get(0).complete(List.of(0));
    answers.get(1).complete(List.of(0, 0, 0));
    answers.get(2).complete(List.of(0));
    answers.get(3).complete(List.of(0));
    assertThat(sent)
        .containsExactly(List.of("x"), List.of("a1", "b1", "c1"), List.of("a2"), List.of("a3"));
  }

  @Test
  void aFailureIsThatOfEachInTheBatchAndTheNextOneIsSent() {
    batcher.add("x");
    Future<Integer> one = batcher.add("a");
    Future<Integer> other = batcher.add("b");
    answers.get(0).complete(List.of(0));
    Future<Integer> later = batcher.add("c");
    answers.get(1).fail("gone");
    assertThat(one.failed()).isTrue();
    assertThat(other.failed()).isTrue();
    answers.get(2).complete(List.of(7));
    assertThat(later.result()).isEqualTo(7);
  }

  @Test
  void noBatchIsLargerThanTheLimit() {
    Batcher<String, Integer> wide = new Batcher<>(request -> request, this::send);
    for (int i = 0; i < 200; i++) {
      wide.add("r" + i);
    }
    answers.get(0).complete(List.of(0));
    assertThat(sent.get(1)).hasSize(64);
  }
}
