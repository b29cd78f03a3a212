package io.movingdata.consistency.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.consistency.rebuild.LeftOut.Reason;
import io.movingdata.consistency.rebuild.RebuildPlan.Change;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MetadataEntry;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.security.PolicySnapshot;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RebuildPlanTest {
  private static final Instant NOW = Instant.parse("2026-11-26T20:00:00Z");
  private static final List<String> HOTTEST_FIRST = List.of("s3", "azure", "gcs");

  private int copies;

  private Candidate copy(String file, String location, String content, long createdAtS) {
    String copyId = String.format("%032x", ++copies);
    Replica replica =
        new Replica(
            location,
            PhysicalKey.of(file, copyId),
            ObjectFormat.FERNET,
            copyId,
            createdAtS,
            "key",
            100,
            null,
            "crc32c:1",
            ReplicaState.VERIFIED,
            NOW);
    return new Candidate(replica, file, content.repeat(32), 10, "sha of " + content, NOW);
  }

  private static RebuildPlan plan(Known known, Candidate... found) {
    return RebuildPlan.of(
        Arrays.asList(found),
        HOTTEST_FIRST,
        id -> new PolicySnapshot(id, "1", null, null),
        known,
        NOW);
  }

  private static FileRecord record(boolean deleted, Candidate... copies) {
    Candidate first = copies[0];
    return new FileRecord(
        first.fileId(),
        77,
        first.contentId(),
        first.sizeBytes(),
        first.sha256(),
        "text/plain",
        deleted ? null : first.copy().location(),
        deleted ? List.of() : Arrays.stream(copies).map(Candidate::copy).toList(),
        List.of(new MetadataEntry("name", "value")),
        new PolicySnapshot("old", "0", null, null),
        Instant.EPOCH,
        Instant.ofEpochSecond(500),
        null,
        null,
        null,
        deleted);
  }

  private static Known backup(FileRecord... files) {
    Map<String, FileRecord> byId = new HashMap<>();
    Arrays.stream(files).forEach(file -> byId.put(file.id(), file));
    return new Known(byId, Set.of());
  }

  @Test
  void copiesOfOneContentAreOneFileWithItsHottestFirst() {
    Candidate cold = copy("a", "gcs", "1", 10);
    Candidate hot = copy("a", "s3", "1", 30);
    Candidate warm = copy("a", "azure", "1", 20);
    RebuildPlan plan = plan(Known.NOTHING, cold, hot, warm);
    assertThat(plan.leftOut()).isEmpty();
    assertThat(plan.files()).hasSize(1);
    FileRecord file = plan.files().get(0);
    assertThat(file.primary()).isEqualTo("s3");
    assertThat(file.replicas()).containsExactly(hot.copy(), warm.copy(), cold.copy());
    assertThat(file.sha256()).isEqualTo("sha of 1");
    assertThat(file.sizeBytes()).isEqualTo(10);
    assertThat(file.createdAt()).isEqualTo(Instant.ofEpochSecond(10));
    assertThat(file.policy().location()).isEqualTo("s3");
    assertThat(plan.changes()).isEqualTo(Map.of(Change.NEW, Set.of("a")));
  }

  @Test
  void theNewestContentWinsAndOlderOnesAreReported() {
    Candidate old = copy("a", "s3", "1", 10);
    Candidate moved = copy("a", "azure", "1", 20);
    Candidate newest = copy("a", "gcs", "2", 21);
    RebuildPlan plan = plan(Known.NOTHING, old, newest, moved);
    assertThat(plan.files()).hasSize(1);
    assertThat(plan.files().get(0).replicas()).containsExactly(newest.copy());
    assertThat(plan.leftOut()).extracting(LeftOut::reason).containsOnly(Reason.SUPERSEDED);
    assertThat(plan.leftOut())
        .extracting(LeftOut::key)
        .containsExactlyInAnyOrder(old.copy().key(), moved.copy().key());
  }

  @Test
  void ofTwoCopiesAtOneLocationTheNewerStays() {
    Candidate older = copy("a", "s3", "1", 10);
    Candidate newer = copy("a", "s3", "1", 20);
    RebuildPlan plan = plan(Known.NOTHING, older, newer);
    assertThat(plan.files().get(0).replicas()).containsExactly(newer.copy());
    assertThat(plan.leftOut()).hasSize(1);
    assertThat(plan.leftOut().get(0).reason()).isEqualTo(Reason.DUPLICATE);
    assertThat(plan.leftOut().get(0).key()).isEqualTo(older.copy().key());
  }

  @Test
  void copiesThatDifferAreNotMixed() {
    Candidate first = copy("a", "s3", "1", 10);
    Candidate other = copy("a", "gcs", "1", 20);
    Candidate different =
        new Candidate(other.copy(), "a", other.contentId(), 10, "another sha", NOW);
    RebuildPlan plan = plan(Known.NOTHING, first, different);
    assertThat(plan.files().get(0).replicas()).containsExactly(first.copy());
    assertThat(plan.leftOut()).extracting(LeftOut::reason).containsExactly(Reason.CONFLICT);
  }

  @Test
  void aBackupKeepsWhatOnlyItKnows() {
    Candidate hot = copy("a", "s3", "1", 10);
    Candidate cold = copy("a", "gcs", "1", 20);
    RebuildPlan plan = plan(backup(record(false, cold, hot)), hot, cold);
    FileRecord file = plan.files().get(0);
    assertThat(file.primary()).isEqualTo("gcs");
    assertThat(file.replicas()).containsExactly(cold.copy(), hot.copy());
    assertThat(file.contentType()).isEqualTo("text/plain");
    assertThat(file.metadata()).hasSize(1);
    assertThat(file.policy().location()).isEqualTo("old");
    assertThat(file.createdAt()).isEqualTo(Instant.EPOCH);
    assertThat(plan.changes()).isEmpty();
  }

  @Test
  void aMoveAfterTheBackupIsFollowed() {
    Candidate before = copy("a", "s3", "1", 10);
    Candidate after = copy("a", "azure", "1", 600);
    RebuildPlan plan = plan(backup(record(false, before)), after);
    FileRecord file = plan.files().get(0);
    assertThat(file.primary()).isEqualTo("azure");
    assertThat(file.replicas()).containsExactly(after.copy());
    assertThat(file.contentType()).isEqualTo("text/plain");
    assertThat(file.policy().location()).isEqualTo("azure");
    assertThat(plan.changes()).isEqualTo(Map.of(Change.MOVED, Set.of("a")));
  }

  @Test
  void whatCameAfterTheBackupIsNamed() {
    Candidate kept = copy("kept", "s3", "1", 10);
    Candidate old = copy("over", "s3", "2", 10);
    Candidate over = copy("over", "s3", "3", 600);
    Candidate made = copy("new", "gcs", "4", 600);
    Candidate gone = copy("gone", "s3", "5", 10);
    Known known = backup(record(false, kept), record(false, old), record(false, gone));
    RebuildPlan plan = plan(known, kept, old, over, made);
    assertThat(plan.files()).extracting(FileRecord::id).containsExactly("kept", "new", "over");
    assertThat(plan.changes())
        .isEqualTo(
            Map.of(
                Change.NEW, Set.of("new"),
                Change.OVERWRITTEN, Set.of("over"),
                Change.GONE, Set.of("gone")));
    assertThat(plan.files().get(2).metadata()).isEmpty();
    assertThat(plan.leftOut()).extracting(LeftOut::reason).containsExactly(Reason.SUPERSEDED);
  }

  @Test
  void whatWasDeletedOrGivenUpDoesNotComeBack() {
    Candidate deleted = copy("deleted", "s3", "1", 500);
    Candidate anew = copy("anew", "s3", "2", 501);
    Candidate garbage = copy("a", "s3", "3", 700);
    Candidate current = copy("a", "gcs", "4", 600);
    Known files = backup(record(true, deleted), record(true, anew), record(false, current));
    Known known = new Known(files.files(), Set.of(garbage.copy().copyId()));
    RebuildPlan plan = plan(known, deleted, anew, garbage, current);
    assertThat(plan.files()).extracting(FileRecord::id).containsExactly("a", "anew");
    assertThat(plan.files().get(0).replicas()).containsExactly(current.copy());
    assertThat(plan.leftOut())
        .extracting(LeftOut::reason)
        .containsExactly(Reason.GIVEN_UP, Reason.GIVEN_UP);
    assertThat(plan.changes()).isEqualTo(Map.of(Change.NEW, Set.of("anew")));
  }
}
