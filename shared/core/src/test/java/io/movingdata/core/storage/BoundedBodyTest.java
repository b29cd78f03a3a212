package io.movingdata.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
  private static final Buffer FOUR = Buffer.buffer("four");

  @Test
  void collectsWhatComes() {
    BoundedBody body = new BoundedBody(8, new ProgressFloor(60_000, 1));

    assertThat(body.write(FOUR).succeeded()).isTrue();
    assertThat(body.write(FOUR).succeeded()).isTrue();

    assertThat(body.bytes().toString()).isEqualTo("fourfour");
  }

  @Test
  void failsWhenThereIsTooMuch() {
    BoundedBody body = new BoundedBody(7, new ProgressFloor(60_000, 1));

    assertThat(body.write(FOUR).succeeded()).isTrue();
    assertThat(body.write(FOUR).failed()).isTrue();
  }

  @Test
  void failsWhenItComesDropByDrop() {
    BoundedBody body = new BoundedBody(100, new ProgressFloor(0, 1_000));

    assertThat(body.write(FOUR).failed()).isTrue();
  }
}
