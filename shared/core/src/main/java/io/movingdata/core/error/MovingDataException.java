package io.movingdata.core.error;

import java.util.List;

/**
 * The one exception that crosses the bus and reaches clients. Its message may be shown to a caller:
 * it never holds a secret, a stack trace or a provider's raw answer.
 */
public final class MovingDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One field of a request that failed its check. */
  public record FieldError(String field, String message) {}

  private final ErrorCode code;
  private final transient List<FieldError> fields;
  private final long retryAfterMs;

  private MovingDataException(
      ErrorCode code, String message, List<FieldError> fields, long retryAfterMs, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.fields = List.copyOf(fields);
    this.retryAfterMs = retryAfterMs;
  }

  /** A refusal with a message for the caller. */
  public static MovingDataException of(ErrorCode code, String message) {
    return new MovingDataException(code, message, List.of(), 0, null);
  }

  /** A refusal whose cause goes to the log of this process and no further. */
  public static MovingDataException of(ErrorCode code, String message, Throwable cause) {
    return new MovingDataException(code, message, List.of(), 0, cause);
  }

  /** An invalid request that names one field. */
  public static MovingDataException invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  /** An invalid request that names each field. */
  public static MovingDataException invalid(List<FieldError> fields) {
    StringBuilder text = new StringBuilder();
    for (FieldError field : fields) {
      text.append(text.length() == 0 ? "" : "; ").append(field.field()).append(": ");
      text.append(field.message());
    }
    return new MovingDataException(ErrorCode.INVALID_REQUEST, text.toString(), fields, 0, null);
  }

  /** The same refusal with the wait that the other side asked for, in milliseconds. */
  public MovingDataException withRetryAfterMs(long milliseconds) {
    return new MovingDataException(code, getMessage(), fields, milliseconds, getCause());
  }

  /** The same refusal with the fields that it names. */
  public MovingDataException withFields(List<FieldError> named) {
    return new MovingDataException(code, getMessage(), named, retryAfterMs, getCause());
  }

  /** What kind of refusal this is. */
  public ErrorCode code() {
    return code;
  }

  /** The fields at fault, empty where no field is. */
  public List<FieldError> fields() {
    return fields == null ? List.of() : fields;
  }

  /** How long to wait before the next try, in milliseconds; 0 where nobody said. */
  public long retryAfterMs() {
    return retryAfterMs;
  }

  /** Whether the failure is one of ours with the given code. */
  public static boolean is(Throwable failure, ErrorCode code) {
    return failure instanceof MovingDataException e && e.code() == code;
  }

  /** Whether the failure is one of ours that may be tried again unchanged. */
  public static boolean isRetryable(Throwable failure) {
    return failure instanceof MovingDataException e && e.code().retryable();
  }
}
