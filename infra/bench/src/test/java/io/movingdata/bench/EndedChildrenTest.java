package io.movingdata.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndedChildrenTest {
  @Test
  void readsTheTimesOfChildrenWhateverTheNameIs() {
    String stat = "42 (a (b) c) S 1 42 42 0 -1 4194560 900 800 7 6 111 22 350 25 20 0 1 0 1234";
    assertThat(EndedChildren.parse(stat)).isEqualTo(3.75);
  }
}
