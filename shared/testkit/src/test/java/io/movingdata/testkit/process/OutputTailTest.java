package io.movingdata.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputTailTest {
  @Test
  void keepsTheLastLines() {
    String printed =
        IntStream.rangeClosed(1, 100).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

    OutputTail tail =
        OutputTail.of(
            new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)), "test-output");

    await().untilAsserted(() -> assertThat(tail.text()).endsWith("line 100"));
    assertThat(tail.text()).startsWith("line 61\n");
  }
}
