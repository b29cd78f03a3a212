package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.Api.Answer;
import io.movingdata.e2e.harness.LocalSystem;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects of every size, bit for bit, through every pair of locations. */
class RoundTripIT {
  /** Content of the first frame, and what one frame holds on its way to being a part. */
  private static final int FRAME = 196_608 * 42 - 97 - 32;

  private static final int PART = 42 * 256 * 1024;

  /** Each ordered pair of the three locations is one step of this walk from s3. */
  private static final List<String> WALK = List.of("azure", "gcs", "s3", "gcs", "azure", "s3");

  private static LocalSystem system;
  private static Api api;

  @BeforeAll
  static void start() {
    system = LocalSystem.create("round").optimised();
    api = system.node("a").api();
    assertThat(api.post("/seed", new io.vertx.core.json.JsonObject()).status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  static Stream<Integer> sizes() {
    return IntStream.of(
            0,
            1,
            15,
            16,
            17,
            65_536,
            FRAME - 1,
            FRAME,
            FRAME + 1,
            PART - 1,
            PART,
            PART + 1,
            2 * FRAME - 1,
            2 * FRAME,
            2 * FRAME + 1,
            32 * 1024 * 1024)
        .boxed();
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void comesBackBitForBitFromEveryPairOfLocations(int size) {
    String id = "round/" + size + ".bin";
    byte[] content = Contents.bytes(size, size);
    Answer uploaded = api.upload(id, content);
    assertThat(uploaded.status()).as(uploaded.body()).isEqualTo(201);
    String from = "s3";
    for (String target : WALK) {
      Answer moved = api.move(id, target);
      assertThat(moved.status()).as(moved.body()).isEqualTo(200);
      assertThat(moved.json().getBoolean("moved")).isTrue();
      assertThat(moved.json().getString("from")).isEqualTo(from);
      assertThat(api.file(id).getString("current_location")).isEqualTo(target);
      assertThat(api.download(id).body()).as("%d bytes at %s", size, target).isEqualTo(content);
      from = target;
    }
  }

  @Test
  void rangesAreCutFromTheRightFrames() {
    String id = "ranges.bin";
    byte[] content = Contents.bytes(3 * FRAME + 5, 3);
    assertThat(api.upload(id, content).status()).isEqualTo(201);
    int[][] ranges = {
      {0, 0}, {5, 9}, {FRAME - 1, FRAME}, {FRAME, 2 * FRAME}, {3 * FRAME + 4, 3 * FRAME + 4}
    };
    for (int[] range : ranges) {
      var answer = api.download(id, "Range", "bytes=" + range[0] + "-" + range[1]);
      assertThat(answer.statusCode()).isEqualTo(206);
      assertThat(answer.body())
          .isEqualTo(java.util.Arrays.copyOfRange(content, range[0], range[1] + 1));
    }
    assertThat(api.download(id, "Range", "bytes=99999999-").statusCode()).isEqualTo(416);
  }
}
