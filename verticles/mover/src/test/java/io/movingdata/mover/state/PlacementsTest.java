package io.movingdata.mover.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.Replica;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlacementsTest {
  private static final Replica SOURCE = Sample.replica("s3", "a".repeat(32));
  private static final Replica EXTRA = Sample.replica("azure", "b".repeat(32));
  private static final Replica OLD = Sample.replica("gcs", "c".repeat(32));
  private static final Replica COPY = Sample.replica("gcs", "d".repeat(32));

  private static FileRecord arrived(MoveKind kind, Replica... before) {
    return arrived(kind, false, before);
  }

  private static FileRecord arrived(MoveKind kind, boolean keep, Replica... before) {
    return Placements.arrived(
        Sample.file(before),
        Sample.planned(kind),
        COPY,
        keep,
        null,
        Duration.ofHours(1),
        Sample.NOW);
  }

  @Test
  void aMoveReplacesThePrimaryAndKeepsOtherCopies() {
    FileRecord file = arrived(MoveKind.MOVE, SOURCE, EXTRA);
    assertThat(file.primary()).isEqualTo("gcs");
    assertThat(file.replicas()).containsExactly(COPY, EXTRA);
    assertThat(file.lastMove().from()).isEqualTo("s3");
    assertThat(file.pinnedUntil()).isEqualTo(Sample.NOW.plusSeconds(3600));
    assertThat(file.contentId()).isEqualTo(Sample.CONTENT);
  }

  @Test
  void aMoveKeepsTheOldPrimaryAsACopyWhereItIsTold() {
    FileRecord file = arrived(MoveKind.MOVE, true, SOURCE, EXTRA, OLD);
    assertThat(file.primary()).isEqualTo("gcs");
    assertThat(file.replicas()).containsExactly(COPY, SOURCE, EXTRA);
    assertThat(file.lastMove().from()).isEqualTo("s3");
  }

  @Test
  void aCopyAddsItselfAndLeavesThePrimary() {
    FileRecord file = arrived(MoveKind.COPY, SOURCE);
    assertThat(file.primary()).isEqualTo("s3");
    assertThat(file.replicas()).containsExactly(SOURCE, COPY);
    assertThat(file.lastMove()).isNull();
  }

  @Test
  void thereIsNeverMoreThanOneCopyAtALocation() {
    assertThat(arrived(MoveKind.MOVE, SOURCE, OLD).replicas()).containsExactly(COPY);
    assertThat(arrived(MoveKind.COPY, SOURCE, OLD).replicas()).containsExactly(SOURCE, COPY);
  }

  @Test
  void aTombstoneReferencesNothing() {
    FileRecord gone = Placements.deleted(Sample.file(SOURCE, EXTRA), Sample.NOW);
    assertThat(gone.deleted()).isTrue();
    assertThat(gone.replicas()).isEmpty();
  }

  @Test
  void aRemovedCopyLeavesTheOthers() {
    FileRecord file = Placements.without(Sample.file(SOURCE, EXTRA), "azure", Sample.NOW);
    assertThat(file.replicas()).containsExactly(SOURCE);
  }
}
