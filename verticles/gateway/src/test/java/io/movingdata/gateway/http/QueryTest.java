package io.movingdata.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class QueryTest {
  @Test
  void valuesAreDecodedAndListsJoined() {
    Query query = Query.parse("q=a+%26b&location=s3,gcs&location=azure&limit=7&from=1700000000");

    assertThat(query.text("q")).isEqualTo("a &b");
    assertThat(query.texts("location")).containsExactly("s3", "gcs", "azure");
    assertThat(query.number("limit", 1, 10, 5)).isEqualTo(7);
    assertThat(query.time("from")).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    query.check();
  }

  @Test
  void everythingThatIsWrongIsNamedAtOnce() {
    Query query = Query.parse("limit=0&to=never&extra=1&q=a&q=b");
    query.number("limit", 1, 10, 5);
    query.time("to");
    query.text("q");

    assertThatThrownBy(query::check)
        .hasMessageContaining("limit")
        .hasMessageContaining("to:")
        .hasMessageContaining("extra")
        .hasMessageContaining("q: is given more than once");
  }

  @Test
  void timesAreIsoWithAnOffsetOrSeconds() {
    assertThat(Query.parse("t=2026-01-02T03:04:05%2B01:00").time("t"))
        .isEqualTo(Instant.parse("2026-01-02T02:04:05Z"));
    assertThat(Query.parse("t=1.5").time("t")).isEqualTo(Instant.ofEpochMilli(1_500));
  }
}
