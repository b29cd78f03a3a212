package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.Api.Answer;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.MemoryWatch;
import io.movingdata.e2e.harness.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/**
 * An object that is larger than the node's heap goes round all locations, and the node's resident
 * memory stays under a bound. {@code -Dbig.mb} says how large it is, in MiB.
 */
class BigObjectIT {
  private static final long SIZE = Long.getLong("big.mb", 576) << 20;

  /** A heap of 512 MB, code, threads, and the buffers of network and files, KiB. */
  private static final long MOST_RESIDENT = 900 << 10;

  private static final String FILE = "big.bin";

  @Test
  void goesRoundInASmallHeap() throws IOException {
    try (LocalSystem system = LocalSystem.create("big")) {
      NodeProcess node = system.node("a", "-Xmx512m");
      Api api = node.api();
      assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
      String expected = Contents.sha256(Contents.stream(SIZE, 7));
      try (MemoryWatch memory = MemoryWatch.of(node)) {
        Answer stored = api.uploadTo("s3", FILE, () -> Contents.stream(SIZE, 7), SIZE);
        assertThat(stored.status()).as(stored.body()).isEqualTo(201);
        memory.mark("uploaded to s3");
        for (String target : new String[] {"azure", "gcs", "s3"}) {
          api.moveToEnd(FILE, target);
          memory.mark("moved to " + target);
        }
        try (InputStream body = api.stream(FILE).body()) {
          assertThat(Contents.sha256(body)).isEqualTo(expected);
        }
        memory.mark("read");
        System.out.printf("%d MiB: %s%n", SIZE >> 20, memory);
        assertThat(memory.peaks()).allSatisfy(peak -> assertThat(peak).isLessThan(MOST_RESIDENT));
      }
    }
  }
}
