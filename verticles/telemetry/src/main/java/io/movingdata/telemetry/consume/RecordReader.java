package io.movingdata.telemetry.consume;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.event.AccessEventReader;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.AccessEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;

/** Reads a record, which anybody may have written. */
final class RecordReader {
  private static final int MOST_BYTES = 64 * 1024;
  private static final String VERSION = "1";

  private RecordReader() {}

  /** An event, or why it is none. */
  record Read(AccessEvent event, String reason) {}

  /**
   * Reads one.
   *
   * @param version what the header says, null for none
   * @param id of an event that brings none
   * @param received when the broker got it
   */
  static Read read(byte[] key, byte[] value, String version, String id, Instant received) {
    if (version != null && !version.equals(VERSION)) {
      return refused("version " + shown(version) + " is not known here; known is " + VERSION);
    }
    if (value == null || value.length == 0) {
      return refused("it has no value");
    }
    if (value.length > MOST_BYTES) {
      return refused("the value is larger than " + MOST_BYTES + " bytes");
    }
    JsonNode json;
    try {
      json = Json.mapper().readTree(value);
    } catch (IOException e) {
      return refused("the value is not JSON");
    }
    AccessEventReader.Read read = AccessEventReader.read(json, id, received, false);
    if (read.event() == null) {
      return refused(
          read.faults().stream()
              .map(fault -> fault.field() + " " + fault.message())
              .collect(Collectors.joining("; ")));
    }
    boolean keyed =
        key != null && new String(key, StandardCharsets.UTF_8).equals(read.event().fileId());
    return keyed ? new Read(read.event(), null) : refused("the key is not the file id");
  }

  private static Read refused(String reason) {
    return new Read(null, reason);
  }

  private static String shown(String text) {
    return text.length() > 32 ? text.substring(0, 32) + "…" : text;
  }
}
