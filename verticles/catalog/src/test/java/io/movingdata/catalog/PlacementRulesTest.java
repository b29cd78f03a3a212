package io.movingdata.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.core.contract.CatalogApi.Place;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacementRulesTest {
  private static final String CONTENT = "c".repeat(32);
  private final Replica s3 = Samples.replica("a", "s3", Samples.copyId());
  private final Replica azure = Samples.replica("a", "azure", Samples.copyId());
  private final FileRecord file = Samples.file("a", CONTENT, s3).atVersion(7);

  private static Place place(FileRecord file, long version, String copyId) {
    return new Place(file, version, copyId, "moved", 0);
  }

  private static void refused(Runnable check, String field) {
    assertThatThrownBy(check::run)
        .isInstanceOfSatisfying(
            MovingDataException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
              assertThat(e.fields()).extracting("field").contains(field);
            });
  }

  @Test
  void whatCannotBeAPlacementIsRefusedByField() {
    refused(() -> PlacementRules.check(place(null, 0, null)), "file");
    refused(() -> PlacementRules.check(place(file, -1, null)), "expected_version");
    refused(() -> PlacementRules.check(place(file, 7, azure.copyId())), "copy_id");
    refused(() -> PlacementRules.check(place(file, 7, "$ne")), "copy_id");
    refused(
        () -> PlacementRules.check(place(Samples.withCopies(file, s3, s3), 7, null)), "replicas");
    refused(() -> PlacementRules.check(place(Samples.sized(file, 1, null), 7, null)), "updated_at");
    assertThatCode(() -> PlacementRules.check(place(Samples.deleted(file), 7, null)))
        .doesNotThrowAnyException();
  }

  @Test
  void onlyTheNamedCopyMayJoin() {
    FileRecord both = Samples.withCopies(file, s3, azure);
    assertThat(PlacementRules.adds(file, place(both, 7, azure.copyId()))).isTrue();
    assertThat(PlacementRules.adds(both, place(both, 7, azure.copyId()))).isFalse();
    refused(() -> PlacementRules.adds(file, place(both, 7, null)), "replicas");
    refused(() -> PlacementRules.adds(file, place(both, 7, s3.copyId())), "replicas");
  }

  @Test
  void theIntentMustTellOfTheSameObject() {
    Place arrival = place(Samples.withCopies(file, azure), 7, azure.copyId());
    CopyIntent intent = Samples.intent("a", azure);
    assertThatCode(() -> PlacementRules.allow(Optional.of(intent), arrival))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> PlacementRules.allow(Optional.empty(), arrival))
        .matches(e -> MovingDataException.is(e, ErrorCode.CONFLICT));
    CopyIntent elsewhere = Samples.intent("a", Samples.replica("a", "gcs", azure.copyId()));
    refused(() -> PlacementRules.allow(Optional.of(elsewhere), arrival), "copy_id");
    refused(
        () -> PlacementRules.allow(Optional.of(Samples.intent("b", azure)), arrival), "copy_id");
  }

  @Test
  void aTombstoneCountsAsNotExisting() {
    Place first = place(file, 0, null);
    FileRecord tombstone = Samples.deleted(file);
    assertThat(PlacementRules.expected(Optional.empty(), first)).isTrue();
    assertThat(PlacementRules.expected(Optional.of(tombstone), first)).isTrue();
    assertThat(PlacementRules.expected(Optional.of(file), first)).isFalse();
    assertThat(PlacementRules.expected(Optional.of(tombstone), place(file, 7, null))).isFalse();
    assertThat(PlacementRules.expected(Optional.empty(), place(file, 7, null))).isFalse();
    assertThat(PlacementRules.expected(Optional.of(file), place(file, 7, null))).isTrue();
    assertThat(PlacementRules.expected(Optional.of(file), place(file, 6, null))).isFalse();
  }

  @Test
  void aRequestIsInPlaceWhenItsEffectIsThereAndNotWhenItsFileOnlyLooksAlike() {
    FileRecord moved = Samples.withCopies(file, azure).atVersion(8);
    Place arrival = place(Samples.withCopies(file, azure), 7, azure.copyId());
    assertThat(PlacementRules.inPlace(moved, arrival)).isTrue();
    assertThat(PlacementRules.inPlace(file, arrival)).isFalse();
    FileRecord overwritten = Samples.file("a", "d".repeat(32), azure).atVersion(9);
    assertThat(PlacementRules.inPlace(overwritten, arrival)).as("other content").isFalse();
    FileRecord tombstone = Samples.deleted(moved);
    assertThat(PlacementRules.inPlace(tombstone, arrival)).isFalse();
    assertThat(PlacementRules.inPlace(tombstone, place(Samples.deleted(moved), 8, null))).isTrue();
    assertThat(PlacementRules.inPlace(moved, place(Samples.deleted(moved), 8, null))).isFalse();
  }

  @Test
  void thoseLeaveThatTheNextDocumentDoesNotName() {
    FileRecord both = Samples.withCopies(file, s3, azure);
    assertThat(PlacementRules.leaving(both, Samples.withCopies(file, azure))).containsExactly(s3);
    assertThat(PlacementRules.leaving(both, Samples.deleted(file))).containsExactly(s3, azure);
    assertThat(PlacementRules.leaving(file, both)).isEmpty();
  }
}
