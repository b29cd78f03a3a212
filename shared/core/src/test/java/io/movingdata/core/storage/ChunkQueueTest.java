package io.movingdata.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class ChunkQueueTest {
  private static ChunkQueue of(String... pieces) {
    ChunkQueue queue = new ChunkQueue();
    for (String piece : pieces) {
      queue.add(Buffer.buffer(piece));
    }
    return queue;
  }

  @Test
  void cutsAcrossPieces() {
    ChunkQueue queue = of("abc", "", "d", "efgh");

    assertThat(queue.size()).isEqualTo(8);
    assertThat(queue.take(2)).hasToString("ab");
    assertThat(queue.take(4)).hasToString("cdef");
    assertThat(queue.take(0)).hasToString("");
    assertThat(queue.take(2)).hasToString("gh");
    assertThat(queue.size()).isZero();
  }

  @Test
  void handsOnAPieceThatFits() {
    Buffer piece = Buffer.buffer("abc");
    ChunkQueue queue = new ChunkQueue();
    queue.add(piece);

    assertThat(queue.take(3)).isSameAs(piece);
  }

  @Test
  void forgetsEverythingWhenCleared() {
    ChunkQueue queue = of("abc", "def");
    queue.take(1);

    queue.clear();
    queue.add(Buffer.buffer("xyz"));

    assertThat(queue.size()).isEqualTo(3);
    assertThat(queue.take(3)).hasToString("xyz");
  }
}
