package io.movingdata.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FindingTest {
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = FIRST.plusSeconds(60);

  private static Finding seen(FindingKind kind, FindingState state, String pass, Instant at) {
    return Finding.first(kind, state, "s3", "file", "copy", "key", "detail", pass, at);
  }

  private static Finding open(String pass, Instant at) {
    return seen(FindingKind.CORRUPT, FindingState.OPEN, pass, at);
  }

  @Test
  void anotherPassCountsAsAnotherSightingAndTheSameOneDoesNot() {
    Finding twice = open("p1", FIRST).seenAgain(open("p2", LATER));
    assertThat(twice.sightings()).isEqualTo(2);
    assertThat(twice.firstSeenAt()).isEqualTo(FIRST);
    assertThat(twice.seenAgain(open("p2", LATER)).sightings()).isEqualTo(2);
  }

  @Test
  void triesAndTheirEndStayWhileItIsTheSame() {
    Finding stuck = open("p1", FIRST).failed("no", null, FIRST);
    assertThat(stuck.state()).isEqualTo(FindingState.STUCK);
    Finding again = stuck.seenAgain(open("p2", LATER));
    assertThat(again.state()).isEqualTo(FindingState.STUCK);
    assertThat(again.attempts()).isEqualTo(1);
  }

  @Test
  void whatWasRepairedBeginsAnewAndWhatIsIgnoredStaysSo() {
    Finding repaired = open("p1", FIRST).in(FindingState.REPAIRED, "x", FIRST);
    Finding anew = repaired.seenAgain(open("p2", LATER));
    assertThat(anew.state()).isEqualTo(FindingState.OPEN);
    assertThat(anew.sightings()).isEqualTo(1);
    assertThat(anew.firstSeenAt()).isEqualTo(LATER);

    Finding ignored = open("p1", FIRST).in(FindingState.IGNORED, "x", FIRST);
    assertThat(ignored.seenAgain(open("p2", LATER)).state()).isEqualTo(FindingState.IGNORED);
    Finding other = seen(FindingKind.MISSING, FindingState.OPEN, "p2", LATER);
    assertThat(ignored.seenAgain(other).state()).isEqualTo(FindingState.OPEN);
  }

  @Test
  void anotherKindIsTreatedAsThatKindIs() {
    Finding conflict = seen(FindingKind.OVERWRITTEN, FindingState.CONFLICT, "p2", LATER);
    Finding now = open("p1", FIRST).seenAgain(conflict);
    assertThat(now.kind()).isEqualTo(FindingKind.OVERWRITTEN);
    assertThat(now.state()).isEqualTo(FindingState.CONFLICT);
    assertThat(now.id()).isEqualTo(open("p1", FIRST).id());
  }
}
