package io.movingdata.storage.azure;

import com.azure.core.exception.AzureException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.http.HttpDate;
import io.movingdata.core.http.RetryAfter;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import reactor.core.Exceptions;

/**
 * The one translation of what Azure says, or fails to say, into our refusals. Of an answer only the
 * status, the error code and the request id reach a message, and the SDK's own exceptions are never
 * kept as a cause: the text of an authentication failure repeats the signature.
 */
final class AzureErrors {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("x-ms-request-id");

  private static final Set<BlobErrorCode> MISMATCH =
      Set.of(BlobErrorCode.MD5MISMATCH, BlobErrorCode.INVALID_MD5);
  private static final Set<BlobErrorCode> CONDITION =
      Set.of(BlobErrorCode.CONDITION_NOT_MET, BlobErrorCode.TARGET_CONDITION_NOT_MET);

  private AzureErrors() {}

  /** The refusal that a failed call stands for. */
  static MovingDataException of(Throwable thrown, String operation) {
    Throwable failure =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : Exceptions.unwrap(thrown);
    if (failure instanceof MovingDataException ours) {
      return ours;
    }
    if (failure instanceof BlobStorageException answered) {
      return answered(answered, operation);
    }
    String why =
        failure instanceof TimeoutException
            ? "no answer in time"
            : failure.getClass().getSimpleName();
    return MovingDataException.of(
        ErrorCode.PROVIDER_DOWN,
        "Azure cannot be reached to %s: %s".formatted(operation, why),
        failure instanceof AzureException ? null : failure);
  }

  /** An answer that makes no sense. */
  static MovingDataException nonsense(String operation, String why) {
    return MovingDataException.of(
        ErrorCode.PROVIDER_DOWN, "Azure answered nonsense to " + operation + ": " + why);
  }

  /** What is stored differs from what was sent. */
  static MovingDataException mismatch(String operation, String what) {
    return MovingDataException.of(
        ErrorCode.CHECKSUM_MISMATCH, "after " + operation + " Azure holds another " + what);
  }

  private static MovingDataException answered(BlobStorageException failure, String operation) {
    StringBuilder message = new StringBuilder("Azure answered ").append(failure.getStatusCode());
    BlobErrorCode reason = failure.getErrorCode();
    if (reason != null && PLAIN.matcher(reason.toString()).matches()) {
      message.append(" (").append(reason).append(')');
    }
    message.append(" to ").append(operation);
    HttpResponse response = failure.getResponse();
    String id = response == null ? null : response.getHeaderValue(REQUEST_ID);
    if (id != null && PLAIN.matcher(id).matches()) {
      message.append(", request ").append(id);
    }
    ErrorCode code = code(failure);
    if (code == ErrorCode.PROVIDER_REJECTED) {
      message.append(skew(response));
    }
    return MovingDataException.of(code, message.toString())
        .withRetryAfterMs(retryAfterMs(response));
  }

  private static ErrorCode code(BlobStorageException failure) {
    BlobErrorCode reason = failure.getErrorCode();
    int status = failure.getStatusCode();
    if (BlobErrorCode.BLOB_NOT_FOUND.equals(reason)) {
      return ErrorCode.OBJECT_NOT_FOUND;
    }
    if (BlobErrorCode.CONTAINER_BEING_DELETED.equals(reason)) {
      return ErrorCode.PROVIDER_BUSY;
    }
    if (reason != null && (MISMATCH.contains(reason) || emulatorMismatch(failure))) {
      return ErrorCode.CHECKSUM_MISMATCH;
    }
    if (BlobErrorCode.INVALID_BLOCK_LIST.equals(reason)) {
      return ErrorCode.SESSION_LOST;
    }
    if (BlobErrorCode.BLOB_ALREADY_EXISTS.equals(reason)) {
      return ErrorCode.CONFLICT;
    }
    return switch (status) {
      case 408 -> ErrorCode.PROVIDER_DOWN;
      case 412 ->
          reason == null || CONDITION.contains(reason)
              ? ErrorCode.PRECONDITION_FAILED
              : ErrorCode.PROVIDER_REJECTED;
      case 416 -> ErrorCode.RANGE_NOT_SATISFIABLE;
      case 429, 503 -> ErrorCode.PROVIDER_BUSY;
      // A 404 without Azure's reason comes from something else in between.
      case 404 -> reason == null ? ErrorCode.PROVIDER_DOWN : ErrorCode.PROVIDER_REJECTED;
      default ->
          status >= 400 && status < 500 ? ErrorCode.PROVIDER_REJECTED : ErrorCode.PROVIDER_DOWN;
    };
  }

  /** The emulator has no error code of its own for this, only words. */
  private static boolean emulatorMismatch(BlobStorageException failure) {
    String text = failure.getServiceMessage();
    return BlobErrorCode.INVALID_OPERATION.equals(failure.getErrorCode())
        && text != null
        && text.contains("contentMD5");
  }

  private static long retryAfterMs(HttpResponse response) {
    String value = response == null ? null : response.getHeaderValue(HttpHeaderName.RETRY_AFTER);
    return RetryAfter.millis(value, Instant.now());
  }

  private static String skew(HttpResponse response) {
    String date = response == null ? null : response.getHeaderValue(HttpHeaderName.DATE);
    return HttpDate.skew(date, Instant.now());
  }
}
