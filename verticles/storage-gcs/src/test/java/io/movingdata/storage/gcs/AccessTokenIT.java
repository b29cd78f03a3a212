package io.movingdata.storage.gcs;

import static io.movingdata.storage.gcs.ScriptedGcs.await;
import static io.movingdata.storage.gcs.ScriptedGcs.bytes;
import static io.movingdata.storage.gcs.ScriptedGcs.content;
import static io.movingdata.storage.gcs.ScriptedGcs.error;
import static io.movingdata.storage.gcs.ScriptedGcs.failure;
import static io.movingdata.storage.gcs.ScriptedGcs.object;
import static io.movingdata.storage.gcs.ScriptedGcs.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Access tokens of a service account: how they are asked for, kept and replaced. */
class AccessTokenIT {
  private static final Buffer CONTENT = content(10);

  private final ScriptedGcs gcs = new ScriptedGcs();
  private final ScriptedGcs tokens = new ScriptedGcs();
  private final ServiceAccount account = new ServiceAccount();
  private final MovableClock clock = new MovableClock();
  private final GcsObjectStore store =
      gcs.store(account.credentials(URI.create(tokens.endpoint() + "/token")), clock);

  @AfterEach
  void close() {
    gcs.finished();
    tokens.finished();
    gcs.close();
    tokens.close();
  }

  @Test
  void oneTokenIsAskedForWithASignedAssertionHoweverManyWait() throws Exception {
    tokens.then(token("t-1", 3600));
    for (int i = 0; i < 4; i++) {
      gcs.then(object("k", CONTENT, 1));
    }

    List<Future<ObjectStat>> stats = Stream.generate(() -> store.stat("k")).limit(4).toList();
    stats.forEach(ScriptedGcs::await);

    assertThat(tokens.seen()).hasSize(1);
    String form = tokens.seen(0).body().toString();
    assertThat(form)
        .startsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=");
    String assertion = form.substring(form.lastIndexOf('=') + 1);
    assertThat(
            GcsAssertionTest.verified(
                URLDecoder.decode(assertion, StandardCharsets.UTF_8), account.publicKey()))
        .isTrue();
    assertThat(gcs.seen()).allMatch(s -> "Bearer t-1".equals(s.header("Authorization")));
  }

  @Test
  void aTokenIsRenewedBeforeItExpires() {
    tokens.then(token("t-1", 3600)).then(token("t-2", 3600));
    for (int i = 0; i < 3; i++) {
      gcs.then(object("k", CONTENT, 1));
    }

    await(store.stat("k"));
    clock.advance(Duration.ofMinutes(54));
    await(store.stat("k"));
    clock.advance(Duration.ofMinutes(2));
    await(store.stat("k"));

    assertThat(gcs.seen().stream().map(seen -> seen.header("Authorization")))
        .containsExactly("Bearer t-1", "Bearer t-1", "Bearer t-2");
  }

  @Test
  void aTokenThatIsStillGoodOutlivesATokenServerThatIsAway() {
    tokens
        .then(token("t-1", 3600))
        .then(status(503, ""))
        .then(status(503, ""))
        .then(status(503, ""));
    gcs.then(object("k", CONTENT, 1)).then(object("k", CONTENT, 1));

    await(store.stat("k"));
    clock.advance(Duration.ofMinutes(57));
    await(store.stat("k"));

    assertThat(gcs.seen(1).header("Authorization")).isEqualTo("Bearer t-1");
  }

  @Test
  void aRefusedTokenIsReplacedOnceAndTheRequestRepeated() {
    tokens.then(token("t-1", 3600)).then(token("t-2", 3600));
    gcs.then(error(401, "authError", "Invalid Credentials")).then(object("k", CONTENT, 1));

    await(store.stat("k"));

    assertThat(gcs.seen(1).header("Authorization")).isEqualTo("Bearer t-2");
  }

  @Test
  void aRefusedTokenIsReplacedInUploadsAndReadsToo() {
    tokens.then(token("t-1", 3600)).then(token("t-2", 3600)).then(token("t-3", 3600));
    gcs.then(error(401, "authError", "Invalid Credentials")).then(object("k", CONTENT, 1));
    await(store.put("k", ScriptedGcs.metadata(), CONTENT));
    assertThat(gcs.seen(1).header("Authorization")).isEqualTo("Bearer t-2");

    gcs.then(object("k", CONTENT, 1))
        .then(error(401, "authError", "Invalid Credentials"))
        .then(bytes(200, CONTENT));
    await(store.read("k", 0, -1, null)).close();
    assertThat(gcs.seen(4).header("Authorization")).isEqualTo("Bearer t-3");
  }

  @Test
  void anAccountThatStaysRefusedIsARejection() {
    tokens.then(token("t-1", 3600)).then(token("t-2", 3600));
    gcs.then(error(401, "authError", "no")).then(error(401, "authError", "no"));

    assertThat(failure(store.stat("k")).code()).isEqualTo(ErrorCode.PROVIDER_REJECTED);
    assertThat(gcs.seen()).hasSize(2);
  }

  @Test
  void anAssertionThatIsRefusedIsARejectionWithoutSecrets() {
    tokens.then(status(400, "{\"error\":\"invalid_grant\",\"error_description\":\"canary\"}"));

    MovingDataException failure = failure(store.stat("k"));

    assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_REJECTED);
    assertThat(failure).hasMessageNotContaining("canary").hasNoCause();
    assertThat(gcs.seen()).isEmpty();
  }

  @Test
  void anAssertionThatIsRefusedForTheTimeSaysSo() {
    tokens.then(
        status(400, "{\"error\":\"invalid_grant\"}", "Date", "Fri, 20 Nov 2026 00:20:00 GMT"));

    assertThat(failure(store.stat("k"))).hasMessageContaining("20 minutes apart");
  }

  @Test
  void anAnswerWithoutATokenIsNonsense() {
    tokens.then(status(200, "{}")).then(status(200, "<html>")).then(token("", 0));

    assertThat(failure(store.stat("k")).code()).isEqualTo(ErrorCode.PROVIDER_DOWN);
  }

  private static ScriptedGcs.Reply token(String value, int seconds) {
    return status(
        200,
        "{\"access_token\":\"%s\",\"expires_in\":%d,\"token_type\":\"Bearer\"}"
            .formatted(value, seconds));
  }

  private static final class MovableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-20T00:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
