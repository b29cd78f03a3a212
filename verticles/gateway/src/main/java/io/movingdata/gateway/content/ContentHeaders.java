package io.movingdata.gateway.content;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MetadataEntry;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Call;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The headers of content, in both directions. */
final class ContentHeaders {
  private ContentHeaders() {}

  static Conditions conditions(Call call) {
    return new Conditions(
        joined(call, "If-Match"),
        joined(call, "If-None-Match"),
        call.header("If-Modified-Since"),
        call.header("If-Range"));
  }

  /** Several headers of a name mean one list. */
  private static String joined(Call call, String name) {
    return call.header(name) == null
        ? null
        : String.join(", ", call.request().headers().getAll(name));
  }

  static Answer notModified(FileRecord file) {
    return Answer.empty(304)
        .with("ETag", Conditions.etag(file))
        .with("Last-Modified", httpDate(Conditions.modified(file)))
        .with("Cache-Control", "private, no-cache");
  }

  static void set(HttpServerResponse response, FileRecord file) {
    response
        .putHeader("ETag", Conditions.etag(file))
        .putHeader("Accept-Ranges", "bytes")
        .putHeader("Content-Type", file.contentType())
        .putHeader("Last-Modified", httpDate(Conditions.modified(file)))
        .putHeader("Content-Disposition", Disposition.of(file.id()))
        .putHeader("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
        .putHeader("Cache-Control", "private, no-cache");
    for (MetadataEntry entry : file.metadata()) {
      if (entry.key().matches("[A-Za-z0-9_-]{1,64}")) {
        response.putHeader(
            UserMetadata.PREFIX + entry.key(), UserMetadata.headerValue(entry.value()));
      }
    }
  }

  private static String httpDate(Instant at) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
  }
}
