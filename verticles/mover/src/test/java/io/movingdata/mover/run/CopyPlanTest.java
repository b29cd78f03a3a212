package io.movingdata.mover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.mover.fixture.FakeCopies;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyPlanTest {
  private static List<String> sources(FileRecord file, String target) {
    return CopyPlan.sources(file, target).stream().map(Replica::location).toList();
  }

  @Test
  void thePrimaryIsReadFirstAndWhatIsToBeReplacedLast() {
    try (FakeCopies copies = new FakeCopies()) {
      FileRecord file = copies.file;
      assertThat(sources(file, "elsewhere")).containsExactly("s3", "azure", "gcs");
      assertThat(sources(file, "azure")).containsExactly("s3", "gcs", "azure");
      FileRecord aside =
          file.with(
              List.of(
                  file.replicas().get(0).in(ReplicaState.QUARANTINED, Instant.EPOCH),
                  file.replicas().get(1)),
              Instant.EPOCH);
      assertThat(sources(aside, "azure")).containsExactly("azure");
    }
  }
}
