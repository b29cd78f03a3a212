package io.movingdata.core.bus;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns refusals into bus failures and back; the one place that knows both. */
final class BusFailures {
  private static final Logger LOG = LoggerFactory.getLogger(BusFailures.class);

  /** What crosses beside the wire number. */
  record Wire(String message, long retryAfterMs, List<MovingDataException.FieldError> fields) {}

  private BusFailures() {}

  static ReplyException toBus(String address, Throwable failure) {
    MovingDataException refusal =
        failure instanceof MovingDataException known ? known : incident(address, failure);
    Wire wire = new Wire(refusal.getMessage(), refusal.retryAfterMs(), refusal.fields());
    return new ReplyException(
        ReplyFailure.RECIPIENT_FAILURE, refusal.code().wire(), Json.toBuffer(wire).toString());
  }

  private static MovingDataException incident(String address, Throwable failure) {
    String id = UUID.randomUUID().toString();
    LOG.error("incident {} at {}", id, address, failure);
    return MovingDataException.of(ErrorCode.INTERNAL, "incident " + id);
  }

  static MovingDataException fromBus(String address, Throwable failure) {
    if (failure instanceof MovingDataException known) {
      return known;
    }
    if (!(failure instanceof ReplyException reply)) {
      return MovingDataException.of(
          ErrorCode.SERVICE_ABSENT, address + " cannot be reached", failure);
    }
    return switch (reply.failureType()) {
      case TIMEOUT ->
          MovingDataException.of(
              ErrorCode.SERVICE_TIMEOUT, address + " did not answer in time; outcome unknown");
      case NO_HANDLERS ->
          MovingDataException.of(ErrorCode.SERVICE_ABSENT, "nothing serves " + address);
      case RECIPIENT_FAILURE -> refusal(reply);
      case ERROR -> MovingDataException.of(ErrorCode.INTERNAL, "the bus failed at " + address);
    };
  }

  private static MovingDataException refusal(ReplyException reply) {
    ErrorCode code = ErrorCode.ofWire(reply.failureCode());
    try {
      Wire wire = Json.fromBuffer(Buffer.buffer(reply.getMessage()), Wire.class);
      List<MovingDataException.FieldError> fields =
          wire.fields() == null ? List.of() : wire.fields();
      return MovingDataException.of(code, wire.message())
          .withFields(fields)
          .withRetryAfterMs(wire.retryAfterMs());
    } catch (RuntimeException e) {
      return MovingDataException.of(code, code.title(), e);
    }
  }

  static void logDroppedEvent(String topic, RuntimeException failure) {
    LOG.warn("an event at {} was dropped", topic, failure);
  }
}
