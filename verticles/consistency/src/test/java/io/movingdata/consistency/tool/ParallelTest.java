package io.movingdata.consistency.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTest {
  private final List<Promise<Void>> begun = new ArrayList<>();

  private Future<Void> begin(int item) {
    begun.add(Promise.promise());
    assertThat(begun).hasSize(item + 1);
    return begun.get(item).future();
  }

  @Test
  void beginsNoMoreAtATimeThanItsWidth() {
    Future<Void> all = Parallel.each(List.of(0, 1, 2, 3), 2, this::begin);
    assertThat(begun).hasSize(2);
    begun.get(1).complete();
    assertThat(begun).hasSize(3);
    begun.get(0).complete();
    begun.get(2).complete();
    assertThat(all.isComplete()).isFalse();
    begun.get(3).complete();
    assertThat(all.succeeded()).isTrue();
  }

  @Test
  void beginsNothingAfterAFailureAndWaitsForWhatRuns() {
    Future<Void> all = Parallel.each(List.of(0, 1, 2, 3), 2, this::begin);
    begun.get(0).fail("broken");
    assertThat(begun).hasSize(2);
    assertThat(all.isComplete()).isFalse();
    begun.get(1).complete();
    assertThat(all.failed()).isTrue();
  }

  @Test
  void workThatIsDoneAtOnceNeedsNoStack() {
    List<Integer> many = IntStream.range(0, 200_000).boxed().toList();
    List<Integer> seen = new ArrayList<>();
    Future<Void> all =
        Parallel.each(
            many,
            4,
            item -> {
              seen.add(item);
              return Future.succeededFuture();
            });
    assertThat(all.succeeded()).isTrue();
    assertThat(seen).isEqualTo(many);
  }

  @Test
  void nothingToDoIsDone() {
    assertThat(Parallel.each(List.of(), 4, this::begin).succeeded()).isTrue();
  }
}
