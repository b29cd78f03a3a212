package io.movingdata.consistency.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.security.ObjectLayout;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContradictionsTest {
  private static final Set<String> LOCATIONS = Set.of("s3", "gcs");
  private static final long SIZE = 1_000;
  private static final Instant NOW = Instant.EPOCH;

  private static Replica copy(String location, String copyId) {
    return new Replica(
        location,
        "key-" + copyId,
        ObjectFormat.FERNET,
        copyId,
        0,
        "k",
        new ObjectLayout(SIZE).storedSize(),
        null,
        null,
        ReplicaState.VERIFIED,
        NOW);
  }

  private static FileRecord file(String primary, long size, Replica... copies) {
    return new FileRecord(
        "f",
        1,
        "content",
        size,
        "sha",
        null,
        primary,
        List.of(copies),
        List.of(),
        null,
        NOW,
        NOW,
        null,
        null,
        null,
        false);
  }

  private static String wrong(FileRecord file) {
    return Contradictions.in(file, LOCATIONS).orElse("");
  }

  @Test
  void aFileAsPlacementWritesItIsRight() {
    assertThat(wrong(file("s3", SIZE, copy("s3", "a"), copy("gcs", "b")))).isEmpty();
    Replica aside = copy("gcs", "b").in(ReplicaState.QUARANTINED, NOW);
    assertThat(wrong(file("s3", SIZE, copy("s3", "a"), aside, copy("gcs", "c"))))
        .as("a copy that was put aside, and the one that replaces it")
        .isEmpty();
  }

  @Test
  void everyContradictionIsNamed() {
    assertThat(wrong(file("gcs", SIZE, copy("s3", "a"))))
        .isEqualTo("there is no copy at the primary location, gcs");
    assertThat(wrong(file("s3", SIZE, copy("s3", "a"), copy("tape", "b"))))
        .isEqualTo("a copy is at tape, which is not configured");
    assertThat(wrong(file("s3", SIZE, copy("s3", "a"), copy("s3", "b"))))
        .isEqualTo("two verified copies are at s3");
    assertThat(wrong(file("s3", SIZE, copy("s3", "a"), copy("gcs", "a"))))
        .isEqualTo("the copy a is referenced twice");
    assertThat(wrong(file("s3", SIZE + 100, copy("s3", "a"))))
        .contains("the copy at s3 cannot hold 1100 bytes");
    assertThat(wrong(file("s3", -1, copy("s3", "a")))).contains("cannot hold -1 bytes");
    assertThat(wrong(file("gcs", SIZE, copy("tape", "a")))).contains("gcs", "; ", "tape");
  }
}
