package io.movingdata.core.error;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every way in which MovingData says no: the number that crosses the bus, the slug and the HTTP
 * status that a client sees, and whether the same request may be sent again.
 */
public enum ErrorCode {
  /** A field, header or message that fails its check. */
  INVALID_REQUEST(100, 400, false, "The request is not valid"),
  /** No or unusable credentials. */
  UNAUTHENTICATED(101, 401, false, "Credentials are missing or not valid"),
  /** None of the caller's roles is allowed at the location. */
  FORBIDDEN(102, 403, false, "The caller's roles do not allow this"),
  /** No file of that id. */
  OBJECT_NOT_FOUND(110, 404, false, "There is no such object"),
  /** No move or job of that id. */
  MOVE_NOT_FOUND(111, 404, false, "There is no such move"),
  /** A path that the API does not have. */
  UNKNOWN_PATH(112, 404, false, "There is nothing at this address"),
  /** A location id that is not configured. */
  UNKNOWN_LOCATION(113, 404, false, "There is no such location"),
  /** The path exists, the method does not. */
  METHOD_NOT_ALLOWED(114, 405, false, "The method is not allowed here"),
  /** Another move of the file is running. */
  MOVE_IN_PROGRESS(120, 409, false, "Another move of this object is running"),
  /** The document changed since it was read. */
  VERSION_CONFLICT(122, 409, true, "The object changed in the meantime"),
  /** The state does not allow the operation. */
  CONFLICT(123, 409, false, "The present state does not allow this"),
  /** An {@code If-Match} or {@code If-None-Match} that does not hold. */
  PRECONDITION_FAILED(124, 412, false, "A precondition does not hold"),
  /** The body is larger than the limit. */
  TOO_LARGE(125, 413, false, "The body is too large"),
  /** The media type is not understood here. */
  UNSUPPORTED_MEDIA_TYPE(126, 415, false, "The media type is not supported here"),
  /** A byte range outside the object. */
  RANGE_NOT_SATISFIABLE(127, 416, false, "The range lies outside the object"),
  /** A rule forbids the operation. */
  POLICY_DENIED(130, 422, false, "A policy forbids this"),
  /** The idempotency key was used with another body. */
  KEY_REUSED(131, 422, false, "The idempotency key belongs to another request"),
  /** A copy differs from what was sent, or stored bytes fail authentication. */
  CHECKSUM_MISMATCH(200, 502, true, "Stored bytes differ from what they must be"),
  /** A stored object fails authentication under its key: damaged or not ours. */
  CORRUPT_OBJECT(201, 502, false, "The stored object is damaged"),
  /** The provider refuses: credentials, bucket policy, missing bucket. */
  PROVIDER_REJECTED(210, 502, false, "The storage provider refused the request"),
  /** The provider throttles. */
  PROVIDER_BUSY(211, 503, true, "The storage provider is busy"),
  /** The provider cannot be reached or answers with nonsense. */
  PROVIDER_DOWN(212, 503, true, "The storage provider cannot be reached"),
  /** A transfer session is unknown, expired or at another offset: open it again. */
  SESSION_LOST(213, 503, true, "The transfer session is gone"),
  /** The metadata store cannot be reached. */
  CATALOG_DOWN(220, 503, true, "The metadata store cannot be reached"),
  /** No key of that id is in the keyring. */
  KEY_MISSING(230, 502, false, "The encryption key of the object is not in the keyring"),
  /** Queue or memory is full. */
  OVERLOADED(240, 503, true, "The system is at its limit"),
  /** No verticle serves the address. */
  SERVICE_ABSENT(300, 503, true, "A part of the system is not running"),
  /** A verticle did not answer in time: the outcome is unknown. */
  SERVICE_TIMEOUT(301, 504, true, "A part of the system did not answer in time"),
  /** Anything else; only the incident id leaves the process. */
  INTERNAL(900, 500, false, "Something went wrong on our side");

  private static final Map<Integer, ErrorCode> BY_WIRE =
      Arrays.stream(values()).collect(Collectors.toMap(ErrorCode::wire, Function.identity()));

  private final int wire;
  private final int httpStatus;
  private final boolean retryable;
  private final String title;

  ErrorCode(int wire, int httpStatus, boolean retryable, String title) {
    this.wire = wire;
    this.httpStatus = httpStatus;
    this.retryable = retryable;
    this.title = title;
  }

  /** The number that stands for this code on the bus; never changes. */
  public int wire() {
    return wire;
  }

  /** The HTTP status that a client sees. */
  public int httpStatus() {
    return httpStatus;
  }

  /** Whether the same request may succeed later without any change to it. */
  public boolean retryable() {
    return retryable;
  }

  /** One sentence for a person. */
  public String title() {
    return title;
  }

  /** The code in lower case with dashes, as in {@code object-not-found}. */
  public String slug() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** The code of a wire number; {@link #INTERNAL} for a number of a newer version. */
  public static ErrorCode ofWire(int wire) {
    return BY_WIRE.getOrDefault(wire, INTERNAL);
  }
}
