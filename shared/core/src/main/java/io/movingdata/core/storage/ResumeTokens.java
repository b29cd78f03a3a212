package io.movingdata.core.storage;

import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.movingdata.core.security.TokenSeal;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Resume points as sealed tokens: an upload id may be a credential. */
final class ResumeTokens {
  private final TokenSeal seal;

  ResumeTokens(TokenSeal seal) {
    this.seal = seal;
  }

  String seal(ResumePoint point) {
    return seal.seal(Json.toBuffer(point).toString());
  }

  /** Empty for a token of other credentials, or one that was tampered with. */
  Optional<ResumePoint> open(String token) {
    try {
      return seal.open(token)
          .map(text -> Json.fromBuffer(Buffer.buffer(text), ResumePoint.class))
          .filter(point -> point.key() != null && point.uploadId() != null);
    } catch (MovingDataException e) {
      return Optional.empty();
    }
  }
}
