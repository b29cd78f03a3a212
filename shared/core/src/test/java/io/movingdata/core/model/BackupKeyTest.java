package io.movingdata.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackupKeyTest {
  private static final String ID = TimeId.of(Instant.parse("2026-11-26T20:00:00Z"), "a backup");
  private static final String COPY = "0123456789abcdef0123456789abcdef";

  @Test
  void isNeverTheNameOfACopyOfAFile() {
    String key = BackupKey.of(ID, COPY);
    assertThat(BackupKey.matches(key)).isTrue();
    assertThat(PhysicalKey.matches(key)).isFalse();
    assertThat(BackupKey.backupId(key)).contains(ID);
  }

  @Test
  void aFileOfThatNameHasAnotherKey() {
    String key = PhysicalKey.of(BackupKey.of(ID, COPY), COPY);
    assertThat(BackupKey.matches(key)).isFalse();
    assertThat(BackupKey.backupId(key)).isEmpty();
  }
}
