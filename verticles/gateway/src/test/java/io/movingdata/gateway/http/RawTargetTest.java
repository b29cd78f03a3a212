package io.movingdata.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RawTargetTest {
  @Test
  void pathAndQueryAreSplitBeforeAnythingIsDecoded() {
    RawTarget target = RawTarget.parse("/files/a%3Fb/%2e%2e//c?x=%26&y#z");

    assertThat(target.path()).isEqualTo("/files/a%3Fb/%2e%2e//c");
    assertThat(target.query()).isEqualTo("x=%26&y");
    assertThat(target.segments()).containsExactly("files", "a%3Fb", "%2e%2e", "", "c");
  }

  @Test
  void anAbsoluteTargetMeansItsPath() {
    assertThat(RawTarget.parse("http://host:1/a?b").path()).isEqualTo("/a");
    assertThat(RawTarget.parse("http://host").path()).isEqualTo("/");
  }

  @Test
  void theRootIsOneEmptySegment() {
    assertThat(RawTarget.parse("/").segments()).containsExactly("");
    assertThat(RawTarget.parse("*").segments()).isEmpty();
  }
}
