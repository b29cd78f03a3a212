package io.movingdata.telemetry.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
  private static final Instant NOW = Instant.parse("2026-03-04T10:20:30Z");

  private static RecordReader.Read read(String key, String value, String version) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    byte[] valueBytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    return RecordReader.read(keyBytes, valueBytes, version, "made", NOW);
  }

  @Test
  void anEventIsReadWithItsDefaults() {
    RecordReader.Read read = read("f", "{\"file_id\":\"f\",\"newer_field\":[1]}", null);
    assertThat(read.reason()).isNull();
    assertThat(read.event().eventId()).isEqualTo("made");
    assertThat(read.event().ts()).isEqualTo(NOW);
    assertThat(read.event().success()).isTrue();
  }

  @Test
  void whatIsNoEventSaysWhy() {
    assertThat(read("f", null, "1").reason()).isEqualTo("it has no value");
    assertThat(read("f", "{", "1").reason()).isEqualTo("the value is not JSON");
    assertThat(read("f", "[]", "1").reason()).contains("must be a JSON object");
    assertThat(read("f", "{\"file_id\":\"f\"}", "2").reason()).contains("version 2");
    assertThat(read("g", "{\"file_id\":\"f\"}", "1").reason()).contains("key");
    assertThat(read(null, "{\"file_id\":\"f\"}", "1").reason()).contains("key");
    assertThat(read("f", "{\"file_id\":\"f\",\"latency_ms\":NaN}", "1").reason())
        .contains("not JSON");
    assertThat(read("f", "{\"file_id\":\"f\",\"latency_ms\":-1}", "1").reason())
        .contains("latency_ms");
    assertThat(read("f", "{\"file_id\":\"f\",\"latency_ms\":1e999}", "1").reason())
        .contains("latency_ms");
    assertThat(read("f", "{\"file_id\":\"f\",\"ts\":\"2026-03-04T10:26:00Z\"}", "1").reason())
        .contains("future");
    assertThat(read("f", "{\"file_id\":\"f\",\"ts\":-5}", "1").reason()).contains("2000");
    assertThat(read("f", "{\"file_id\":\"f\",\"bytes_read\":1.5}", "1").reason())
        .contains("bytes_read");
    assertThat(read("f", "{\"file_id\":\"f\",\"event\":\"list\"}", "1").reason()).contains("event");
    assertThat(read("f", "{\"file_id\":{\"$ne\":1}}", "1").reason()).contains("file_id");
    String big = "x".repeat(70_000);
    assertThat(read(big, "{\"file_id\":\"" + big + "\"}", "1").reason()).contains("larger");
  }
}
