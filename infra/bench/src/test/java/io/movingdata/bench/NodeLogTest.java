package io.movingdata.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NodeLogTest {
  private static final String EVENT_LOOP =
      "WARN BlockedThreadChecker - Thread Thread[vert.x-eventloop-thread-1,5,main] has been blocked"
          + " for 2345 ms, time limit is 2000 ms";
  private static final String WORKER =
      "WARN BlockedThreadChecker - Thread Thread[movingdata-cpu-1,5,main] has been blocked"
          + " for 61000 ms, time limit is 60000 ms";

  @Test
  void findsBlockedEventLoops() {
    assertThat(NodeLog.blocked(List.of("INFO ready", EVENT_LOOP, WORKER)))
        .containsExactly(EVENT_LOOP);
  }
}
