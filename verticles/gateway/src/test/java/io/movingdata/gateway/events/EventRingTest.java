package io.movingdata.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EventRingTest {
  private final EventRing ring = new EventRing("abcd", 3, 10_000);

  @Test
  void whatCameAfterAnEventIsGivenAgain() {
    ring.add("file", "{}");
    String first = ring.lastId();
    ring.add("file", "{\"n\":2}");
    ring.add("move", "{\"n\":3}");

    assertThat(first).isEqualTo("abcd-1");
    assertThat(ring.since(first).orElseThrow())
        .extracting(EventRing.Entry::number)
        .containsExactly(2L, 3L);
    assertThat(ring.since(ring.lastId()).orElseThrow()).isEmpty();
  }

  @Test
  void whatIsTooOldFromTheFutureOrForeignCannotBeTold() {
    for (int i = 0; i < 5; i++) {
      ring.add("file", "{}");
    }

    assertThat(ring.since("abcd-2")).isPresent();
    assertThat(ring.since("abcd-1")).isEmpty();
    assertThat(ring.since("abcd-6")).isEmpty();
    assertThat(ring.since("efgh-4")).isEmpty();
    assertThat(ring.since("abcd-x")).isEmpty();
    assertThat(ring.since("")).isEmpty();
  }

  @Test
  void theRingIsBoundedInBytesToo() {
    EventRing small = new EventRing("p", 1_000, 200);
    for (int i = 0; i < 50; i++) {
      small.add("file", "{\"n\":" + i + "}");
    }

    assertThat(small.since("p-10")).isEmpty();
    assertThat(small.since("p-49").orElseThrow()).hasSize(1);
  }

  @Test
  void dataOfSeveralLinesIsNeverSent() {
    assertThatThrownBy(() -> SseFrames.event("1", "file", "a\nb"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
