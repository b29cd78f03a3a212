package io.movingdata.storage.s3;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.http.RetryAfter;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where answers of an S3 server and failures of the network become ours. Nothing of
 * an answer's text is passed on but its error code, and that only where it looks like one.
 */
final class S3Errors {
  private static final Logger LOG = LoggerFactory.getLogger(S3Errors.class);
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.]{1,64}");

  private static final Map<String, ErrorCode> BY_CODE =
      Map.ofEntries(
          Map.entry("NoSuchKey", ErrorCode.OBJECT_NOT_FOUND),
          Map.entry("NoSuchUpload", ErrorCode.SESSION_LOST),
          Map.entry("InvalidPart", ErrorCode.SESSION_LOST),
          Map.entry("PreconditionFailed", ErrorCode.PRECONDITION_FAILED),
          Map.entry("InvalidRange", ErrorCode.RANGE_NOT_SATISFIABLE),
          Map.entry("BadDigest", ErrorCode.CHECKSUM_MISMATCH),
          Map.entry("XAmzContentSHA256Mismatch", ErrorCode.CHECKSUM_MISMATCH),
          Map.entry("XAmzContentChecksumMismatch", ErrorCode.CHECKSUM_MISMATCH),
          Map.entry("IncompleteBody", ErrorCode.PROVIDER_DOWN),
          Map.entry("RequestTimeout", ErrorCode.PROVIDER_DOWN),
          Map.entry("InternalError", ErrorCode.PROVIDER_DOWN),
          Map.entry("SlowDown", ErrorCode.PROVIDER_BUSY),
          Map.entry("ServiceUnavailable", ErrorCode.PROVIDER_BUSY),
          Map.entry("Throttling", ErrorCode.PROVIDER_BUSY),
          Map.entry("ThrottlingException", ErrorCode.PROVIDER_BUSY),
          Map.entry("TooManyRequests", ErrorCode.PROVIDER_BUSY),
          Map.entry("RequestLimitExceeded", ErrorCode.PROVIDER_BUSY),
          Map.entry("OperationAborted", ErrorCode.PROVIDER_BUSY),
          Map.entry("ConditionalRequestConflict", ErrorCode.PROVIDER_BUSY));

  private final String location;
  private final S3Clock clock;

  /**
   * Judges the answers of one location.
   *
   * @param clock learns from refusals for the time
   */
  S3Errors(String location, S3Clock clock) {
    this.location = location;
    this.clock = clock;
  }

  /** Judges a whole answer: a 200 that is an error, or is not what was asked for, is a failure. */
  S3Answer judge(S3Request request, int status, MultiMap headers, Buffer body) {
    XmlElement document = S3Xml.parse(body);
    boolean isError = document != null && document.name().equals("Error");
    String code = isError ? codeOf(document) : null;
    boolean success = status / 100 == 2;
    if (success && !isError) {
      MovingDataException nonsense = nonsense(request, body, document);
      return new S3Answer(status, headers, document, null, nonsense);
    }
    boolean skewed = status == 403 && clock.learn(headers.get("date"));
    if (skewed) {
      LOG.warn(
          "s3 location {}: this machine's clock is off by {}; requests are signed by the server's",
          location,
          clock.offset());
    }
    MovingDataException failure =
        skewed
            ? failure(ErrorCode.PROVIDER_DOWN, request, "refused for the time; it is corrected")
            : failure(kind(request, status, code, isError), request, reason(status, code))
                .withRetryAfterMs(RetryAfter.millis(headers.get("retry-after"), clock.now()));
    return new S3Answer(status, headers, document, code, failure);
  }

  /** A failure to get an answer at all: the outcome is not known. */
  MovingDataException unreachable(S3Request request, Throwable cause) {
    if (cause instanceof MovingDataException known) {
      return known;
    }
    if (cause instanceof ConnectionPoolTooBusyException) {
      return failure(ErrorCode.PROVIDER_BUSY, request, "waits behind too many others");
    }
    String what = cause instanceof TimeoutException ? "took too long" : "was not answered";
    return MovingDataException.of(ErrorCode.PROVIDER_DOWN, message(request, what), cause);
  }

  /** An answer that is not what S3 answers: the outcome is not known. */
  MovingDataException nonsense(S3Request request, String what) {
    return failure(ErrorCode.PROVIDER_DOWN, request, "was answered with nonsense: " + what);
  }

  /** Stored bytes that are not those that were sent. */
  MovingDataException mismatch(S3Request request) {
    return failure(
        ErrorCode.CHECKSUM_MISMATCH, request, "left other bytes than were sent, the server says");
  }

  /** A failure in our terms. */
  MovingDataException failure(ErrorCode code, S3Request request, String what) {
    return MovingDataException.of(code, message(request, what));
  }

  private String message(S3Request request, String what) {
    return "s3 location " + location + ": " + request.describe() + " " + what;
  }

  private MovingDataException nonsense(S3Request request, Buffer body, XmlElement document) {
    if (request.answer() != null) {
      boolean asExpected = document != null && document.name().equals(request.answer());
      return asExpected ? null : nonsense(request, "no " + request.answer());
    }
    boolean blank = body.length() == 0 || body.toString().isBlank();
    return blank ? null : nonsense(request, "a body where none belongs");
  }

  private static String codeOf(XmlElement error) {
    String code = error.text("Code");
    return code != null && CODE.matcher(code).matches() ? code : null;
  }

  private static String reason(int status, String code) {
    if (status / 100 == 3) {
      return "was redirected, which is not followed: check endpoint and region (" + status + ")";
    }
    return "was refused (" + status + (code == null ? ")" : " " + code + ")");
  }

  private static ErrorCode kind(S3Request request, int status, String code, boolean isError) {
    ErrorCode byCode = code == null ? null : BY_CODE.get(code);
    if (byCode != null) {
      return byCode;
    }
    return switch (status) {
      case 404 -> missing(request, isError);
      case 412 -> ErrorCode.PRECONDITION_FAILED;
      case 416 -> ErrorCode.RANGE_NOT_SATISFIABLE;
      case 429, 503 -> ErrorCode.PROVIDER_BUSY;
      case 408 -> ErrorCode.PROVIDER_DOWN;
      case 501 -> ErrorCode.PROVIDER_REJECTED;
      default ->
          status / 100 == 3 || status / 100 == 4
              ? ErrorCode.PROVIDER_REJECTED
              : ErrorCode.PROVIDER_DOWN;
    };
  }

  /** Only an answer in S3's own words says that an object is missing; heads have no words. */
  private static ErrorCode missing(S3Request request, boolean isError) {
    if (isError) {
      return ErrorCode.PROVIDER_REJECTED;
    }
    boolean head = request.method().name().equals("HEAD");
    return head ? ErrorCode.OBJECT_NOT_FOUND : ErrorCode.PROVIDER_DOWN;
  }
}
