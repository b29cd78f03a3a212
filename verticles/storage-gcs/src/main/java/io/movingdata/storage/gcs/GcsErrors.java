package io.movingdata.storage.gcs;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.http.RetryAfter;
import io.movingdata.core.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The one translation of what Google says, or fails to say, into our refusals. Nothing of an
 * answer's text reaches a message but its one-word reason, and no exception of the HTTP client is
 * kept as a cause, because those repeat the address and an upload's address is a credential.
 */
final class GcsErrors {
  private static final String NOT_FOUND = "notFound";
  private static final Pattern REASON = Pattern.compile("[A-Za-z]{1,40}");

  private GcsErrors() {}

  /** The refusal that an answer other than success stands for. */
  static MovingDataException of(GcsAnswer answer, String operation) {
    JsonObject error = error(answer.body());
    String reason = reason(error);
    String message =
        "GCS answered %d%s to %s"
            .formatted(answer.status(), reason.isEmpty() ? "" : " (" + reason + ")", operation);
    ErrorCode code = code(answer.status(), reason, text(error));
    if (code == ErrorCode.OBJECT_NOT_FOUND && isBucket(text(error))) {
      return bucketMissing();
    }
    return MovingDataException.of(code, message)
        .withRetryAfterMs(RetryAfter.millis(answer.header("Retry-After"), Instant.now()));
  }

  /** The refusal of an operation whose only thing to be missing is the bucket. */
  static MovingDataException ofBucket(GcsAnswer answer, String operation) {
    return isNotFound(answer) ? bucketMissing() : of(answer, operation);
  }

  /** Whether something is missing in Google's own words; other 404s come from in between. */
  static boolean isNotFound(GcsAnswer answer) {
    return answer.status() == 404 && reason(error(answer.body())).equals(NOT_FOUND);
  }

  /** The failure of an exchange that brought no answer. */
  static MovingDataException unreachable(Throwable failure, String operation) {
    if (failure instanceof MovingDataException ours) {
      return ours;
    }
    if (failure instanceof ConnectionPoolTooBusyException) {
      return MovingDataException.of(
          ErrorCode.PROVIDER_BUSY, "too many requests wait for a connection to GCS");
    }
    return MovingDataException.of(
        ErrorCode.PROVIDER_DOWN,
        "GCS cannot be reached to %s: %s".formatted(operation, failure.getClass().getSimpleName()));
  }

  /** An answer that makes no sense. */
  static MovingDataException nonsense(String operation, String why) {
    return MovingDataException.of(
        ErrorCode.PROVIDER_DOWN, "GCS answered nonsense to " + operation + ": " + why);
  }

  /** Reads a successful answer's JSON. */
  static <T> T json(GcsAnswer answer, Class<T> type, String operation) {
    if (!answer.ok()) {
      throw of(answer, operation);
    }
    try {
      T value = Json.fromBuffer(answer.body(), type);
      if (value != null) {
        return value;
      }
    } catch (MovingDataException e) {
      throw nonsense(operation, "not the expected JSON");
    }
    throw nonsense(operation, "an empty answer");
  }

  /** Takes a success that has nothing to say. */
  static void empty(GcsAnswer answer, String operation) {
    if (!answer.ok()) {
      throw of(answer, operation);
    }
    if (answer.body().length() > 0) {
      throw nonsense(operation, "a body where none belongs");
    }
  }

  /** Reads a successful answer's object resource. */
  static GcsObject object(GcsAnswer answer, String operation) {
    GcsObject object = json(answer, GcsObject.class, operation);
    if (!object.complete()) {
      throw nonsense(operation, "an object without name, size or generation");
    }
    return object;
  }

  private static ErrorCode code(int status, String reason, String text) {
    return switch (status) {
      case 400 ->
          text.contains("crc32c") || text.contains("md5") || text.contains("checksum")
              ? ErrorCode.CHECKSUM_MISMATCH
              : ErrorCode.PROVIDER_REJECTED;
      case 403 ->
          reason.toLowerCase(Locale.ROOT).contains("ratelimit")
              ? ErrorCode.PROVIDER_BUSY
              : ErrorCode.PROVIDER_REJECTED;
      case 404 -> reason.equals(NOT_FOUND) ? ErrorCode.OBJECT_NOT_FOUND : ErrorCode.PROVIDER_DOWN;
      case 408 -> ErrorCode.PROVIDER_DOWN;
      case 412 -> ErrorCode.PRECONDITION_FAILED;
      case 416 -> ErrorCode.RANGE_NOT_SATISFIABLE;
      case 429, 503 -> ErrorCode.PROVIDER_BUSY;
      default ->
          status >= 400 && status < 500 ? ErrorCode.PROVIDER_REJECTED : ErrorCode.PROVIDER_DOWN;
    };
  }

  static MovingDataException bucketMissing() {
    return MovingDataException.of(ErrorCode.PROVIDER_REJECTED, "the GCS bucket does not exist");
  }

  private static boolean isBucket(String text) {
    return text.startsWith("the specified bucket");
  }

  private static JsonObject error(Buffer body) {
    try {
      Object error = new JsonObject(body).getValue("error");
      return error instanceof JsonObject object ? object : new JsonObject();
    } catch (DecodeException | ClassCastException e) {
      return new JsonObject();
    }
  }

  private static String text(JsonObject error) {
    return error.getValue("message") instanceof String message
        ? message.toLowerCase(Locale.ROOT)
        : "";
  }

  private static String reason(JsonObject error) {
    if (error.getValue("errors") instanceof JsonArray errors
        && !errors.isEmpty()
        && errors.getValue(0) instanceof JsonObject first
        && first.getValue("reason") instanceof String reason
        && REASON.matcher(reason).matches()) {
      return reason;
    }
    return "";
  }
}
