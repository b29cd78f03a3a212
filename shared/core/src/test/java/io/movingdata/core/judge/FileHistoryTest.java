package io.movingdata.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a file may hold while changes overlap and outcomes are unknown. */
class FileHistoryTest {
  private final FileHistory history = new FileHistory();

  private static Instant at(int second) {
    return Instant.ofEpochSecond(second);
  }

  private void write(String content, int from, int to) {
    add(OperationKind.WRITE, content, from, at(to), Outcome.OK);
  }

  private void delete(int from, int to) {
    add(OperationKind.DELETE, null, from, at(to), Outcome.OK);
  }

  private void add(OperationKind kind, String content, int from, Instant to, Outcome outcome) {
    history.add(
        new ClientOperation(kind, "f", at(from), to, outcome, content, null, null, null, null));
  }

  private boolean mayHold(String content, int from, int to) {
    return history.mayHold(content, at(from), at(to));
  }

  @Test
  void aWriteTakesEffectBetweenItsCallAndItsAnswer() {
    write("a", 10, 20);
    assertThat(mayHold("a", 5, 9)).isFalse();
    assertThat(mayHold(null, 5, 9)).isTrue();
    assertThat(mayHold("a", 9, 11)).isTrue();
    assertThat(mayHold(null, 19, 30)).isTrue();
    assertThat(mayHold(null, 21, 30)).isFalse();
    assertThat(history.mayEndWith("a")).isTrue();
    assertThat(history.mayEndWith(null)).isFalse();
  }

  @Test
  void theLaterOfTwoWritesStays() {
    write("a", 10, 20);
    write("b", 30, 40);
    assertThat(mayHold("a", 35, 36)).isTrue();
    assertThat(mayHold("a", 41, 42)).isFalse();
    assertThat(history.mayEndWith("a")).isFalse();
    assertThat(history.mayEndWith("b")).isTrue();
  }

  @Test
  void ofTwoWritesThatOverlapEitherMayStay() {
    write("a", 10, 30);
    write("b", 20, 40);
    assertThat(history.mayEndWith("a")).isTrue();
    assertThat(history.mayEndWith("b")).isTrue();
    assertThat(history.mayEndWith(null)).isFalse();
  }

  @Test
  void aDeletedFileIsAbsentUntilItIsWrittenAgain() {
    write("a", 10, 20);
    delete(30, 40);
    assertThat(mayHold(null, 35, 36)).isTrue();
    assertThat(mayHold("a", 41, 42)).isFalse();
    assertThat(history.mayEndWith(null)).isTrue();
    write("b", 50, 60);
    assertThat(mayHold(null, 61, 62)).isFalse();
    assertThat(history.mayEndWith("b")).isTrue();
  }

  @Test
  void aWriteWithoutAnAnswerMayStillCome() {
    write("a", 10, 20);
    add(OperationKind.WRITE, "b", 30, null, Outcome.UNKNOWN);
    assertThat(mayHold("b", 20, 29)).isFalse();
    assertThat(mayHold("a", 50, 51)).isTrue();
    assertThat(mayHold("b", 50, 51)).isTrue();
    write("c", 60, 70);
    assertThat(history.mayEndWith("a")).isFalse();
    assertThat(history.mayEndWith("b")).isTrue();
    assertThat(history.mayEndWith("c")).isTrue();
  }

  @Test
  void aDeleteWithoutAnAnswerMayStillCome() {
    write("a", 10, 20);
    add(OperationKind.DELETE, null, 30, null, Outcome.UNKNOWN);
    assertThat(history.mayEndWith("a")).isTrue();
    assertThat(history.mayEndWith(null)).isTrue();
  }

  @Test
  void aRefusedWriteNeverTookEffect() {
    write("a", 10, 20);
    add(OperationKind.WRITE, "b", 30, at(40), Outcome.FAILED);
    assertThat(mayHold("b", 30, 50)).isFalse();
    assertThat(history.mayEndWith("a")).isTrue();
  }
}
