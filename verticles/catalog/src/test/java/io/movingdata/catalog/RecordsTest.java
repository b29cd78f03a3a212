package io.movingdata.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveRecord;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How records become documents, and where versions start. */
class RecordsTest {
  private final DocumentLayout<FileRecord> files = new DocumentLayout<>(FileRecord.class, "id");

  @Test
  void aRecordComesBackFromItsDocument() {
    FileRecord file = Samples.file("a", "c".repeat(32), Samples.replica("a", "s3", "0".repeat(32)));
    JsonObject document = files.toDocument(file);
    assertThat(document.getString("_id")).isEqualTo("a");
    assertThat(document.containsKey("id")).isFalse();
    assertThat(files.fromDocument(document)).isEqualTo(file);
    assertThat(document.getString("_id")).as("left as it was").isEqualTo("a");
  }

  @Test
  void fieldsOfANewerVersionAreIgnoredAndNonsenseIsNamed() {
    JsonObject document =
        files.toDocument(
            Samples.file("a", "c".repeat(32), Samples.replica("a", "s3", "0".repeat(32))));
    assertThat(files.fromDocument(document.copy().put("later", 1)).id()).isEqualTo("a");
    assertThatThrownBy(() -> files.fromDocument(document.copy().put("replicas", "none")))
        .isInstanceOf(MovingDataException.class)
        .hasMessageContaining("FileRecord");
  }

  @Test
  void theOrderOfTimesAsTextIsTheirOrder() {
    Instant second = Instant.parse("2026-11-24T08:00:00Z");
    String[] times = {
      DocumentLayout.time(second.minusNanos(1)),
      DocumentLayout.time(second),
      DocumentLayout.time(second.plusNanos(1)),
      DocumentLayout.time(second.plusMillis(1)),
      DocumentLayout.time(second.plusSeconds(10))
    };
    assertThat(times).isSorted();
  }

  @Test
  void aMoveHasItsFileAsIdAndKeepsItsOwn() {
    DocumentLayout<MoveRecord> active = new DocumentLayout<>(MoveRecord.class, "file_id");
    MoveRecord move = Samples.move("a", "azure");
    JsonObject document = active.toDocument(move);
    assertThat(document.getString("_id")).isEqualTo("a");
    assertThat(document.getString("move_id")).isEqualTo(move.moveId());
    assertThat(document.containsKey("lease_until")).as("absent instead of null").isFalse();
    assertThat(active.fromDocument(document)).isEqualTo(move);
  }

  @Test
  void aLaterStartIsAboveAThousandChangesAMillisecond() {
    long first = Versions.first(Samples.NOW);
    long later = Versions.first(Samples.NOW.plusMillis(10));
    assertThat(later).isGreaterThan(first + 9 * 1_000);
    assertThat(later).as("exact as a double too").isLessThan(1L << 53);
  }
}
