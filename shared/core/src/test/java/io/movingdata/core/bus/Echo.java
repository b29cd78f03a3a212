package io.movingdata.core.bus;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.List;

/** A service that says who it is, refuses, breaks or stays silent, as it is asked to. */
final class Echo {
  record Ask(String what, Instant at) {}

  record Answer(String who, String what, Instant at) {}

  static final Address<Ask, Answer> ECHO = Address.of("test", "echo", Ask.class, Answer.class);
  static final Topic<Ask> NEWS = new Topic<>("movingdata.event.test", Ask.class);

  private final String who;

  Echo(String who) {
    this.who = who;
  }

  Future<Answer> answer(Ask ask) {
    return switch (ask.what()) {
      case "refuse" ->
          Future.failedFuture(
              MovingDataException.of(ErrorCode.PROVIDER_BUSY, "come back later")
                  .withRetryAfterMs(1_500)
                  .withFields(List.of(new MovingDataException.FieldError("what", "is refused"))));
      case "throw" -> throw MovingDataException.of(ErrorCode.FORBIDDEN, "thrown, not returned");
      case "break" -> throw new IllegalStateException("password=hunter2");
      case "silence" -> Promise.<Answer>promise().future();
      default -> Future.succeededFuture(new Answer(who, ask.what(), ask.at()));
    };
  }
}
