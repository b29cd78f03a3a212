package io.movingdata.consistency.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.model.Backup;
import io.movingdata.core.model.BackupKey;
import io.movingdata.core.model.TimeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BookTest {
  private static final Instant START = Instant.parse("2026-11-26T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private static Instant hour(double hours) {
    return START.plusSeconds(Math.round(hours * 3_600));
  }

  private static Backup backup(double hours, Backup.State state) {
    Instant at = hour(hours);
    return new Backup(TimeId.of(at, "b"), state, at, null, "node", 1, 2, List.of(), "");
  }

  @Test
  void theFirstComesAnIntervalAfterTheStart() {
    Book book = Book.empty(START);
    assertThat(book.due(hour(23.9), DAY)).isFalse();
    assertThat(book.due(hour(24), DAY)).isTrue();
    assertThat(book.due(hour(1000), Duration.ZERO)).as("switched off").isFalse();
  }

  @Test
  void theNextComesAnIntervalAfterTheLastGoodOneAndAFailedOneIsTriedAgainSooner() {
    Book book = Book.empty(START).with(backup(24, Backup.State.VERIFIED));
    assertThat(book.due(hour(47), DAY)).isFalse();
    assertThat(book.due(hour(48), DAY)).isTrue();
    for (Backup.State bad : List.of(Backup.State.FAILED, Backup.State.PARTIAL)) {
      Book tried = book.with(backup(48, bad));
      assertThat(tried.due(hour(48.1), DAY)).isFalse();
      assertThat(tried.due(hour(48.2), DAY)).isTrue();
    }
  }

  @Test
  void aBackupOfOneIdIsThereOnce() {
    Backup running = backup(1, Backup.State.RUNNING);
    Backup ended = running.ended(Backup.State.VERIFIED, hour(1.1), 5, 6, List.of(), "");
    Book book = Book.empty(START).with(running).with(backup(2, Backup.State.FAILED)).with(ended);
    assertThat(book.backups())
        .extracting(Backup::state)
        .containsExactly(Backup.State.FAILED, Backup.State.VERIFIED);
  }

  @Test
  void whatNobodyMakesAnyMoreHasFailed() {
    Book book = Book.empty(START).with(backup(1, Backup.State.RUNNING)).interrupted(hour(2));
    assertThat(book.backups().get(0).state()).isEqualTo(Backup.State.FAILED);
    assertThat(book.backups().get(0).finishedAt()).isEqualTo(hour(2));
  }

  @Test
  void onlyVerifiedOnesCountAsKept() {
    Book book =
        Book.empty(START)
            .with(backup(1, Backup.State.VERIFIED))
            .with(backup(2, Backup.State.VERIFIED))
            .with(backup(3, Backup.State.PARTIAL))
            .with(backup(4, Backup.State.FAILED));
    assertThat(book.keepFrom(1)).contains(backup(2, Backup.State.VERIFIED).id());
    assertThat(book.keepFrom(2)).contains(backup(1, Backup.State.VERIFIED).id());
    assertThat(book.keepFrom(3)).isEmpty();
  }

  @Test
  void whatIsOlderThanTheOldestKeptGoes() {
    String copy = "a".repeat(32);
    List<ObjectStat> all =
        List.of(1, 2, 3).stream()
            .map(hour -> backup(hour, Backup.State.VERIFIED).id())
            .map(id -> new ObjectStat(BackupKey.of(id, copy), 1, null, null, Map.of(), null))
            .toList();
    String kept = backup(2, Backup.State.VERIFIED).id();
    assertThat(BackupKeeper.older(all, kept)).containsExactly(all.get(0));
  }
}
