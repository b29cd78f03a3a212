package io.movingdata.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import java.util.List;
import java.util.UUID;

/**
 * A refusal as clients see it (RFC 9457).
 *
 * @param detail what is wrong with this very request
 * @param fields the fields at fault
 * @param retryAfterS seconds to wait before another try, 0 where waiting does not help
 * @param incident whether it is ours to look into
 */
record Problem(
    ErrorCode code,
    String detail,
    List<MovingDataException.FieldError> fields,
    long retryAfterS,
    boolean incident) {
  static final String MEDIA_TYPE = "application/problem+json";
  private static final long DEFAULT_RETRY_S = 2;

  /** The only mapping from failures to answers. Of an unexpected one only an id is shown. */
  static Problem of(Throwable failure) {
    if (failure instanceof MovingDataException known) {
      return new Problem(
          known.code(), known.getMessage(), known.fields(), retryAfter(known), false);
    }
    String detail = "incident " + UUID.randomUUID();
    return new Problem(ErrorCode.INTERNAL, detail, List.of(), 0, true);
  }

  private static long retryAfter(MovingDataException known) {
    if (known.retryAfterMs() > 0) {
      return (known.retryAfterMs() + 999) / 1000;
    }
    boolean passing = known.code().retryable() && known.code().httpStatus() > 500;
    return passing ? DEFAULT_RETRY_S : 0;
  }

  int status() {
    return code.httpStatus();
  }

  ObjectNode body(String instance, String traceId) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", "/problems/" + code.slug());
    body.put("title", code.title());
    body.put("status", code.httpStatus());
    body.put("detail", detail);
    body.put("instance", instance);
    body.put("code", code.name());
    body.put("trace_id", traceId);
    ArrayNode errors = body.putArray("errors");
    for (MovingDataException.FieldError field : fields) {
      errors.addObject().put("field", field.field()).put("message", field.message());
    }
    return body;
  }

  Answer answer(String instance, String traceId) {
    Answer answer =
        Answer.json(status(), body(instance, traceId))
            .with("Content-Type", MEDIA_TYPE)
            .with("Cache-Control", "no-store");
    return retryAfterS > 0 ? answer.with("Retry-After", Long.toString(retryAfterS)) : answer;
  }
}
