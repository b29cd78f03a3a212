package io.movingdata.core.bus;

import static io.movingdata.core.bus.Echo.ECHO;
import static io.movingdata.core.bus.Echo.NEWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.movingdata.core.Outcome;
import io.movingdata.core.bus.Echo.Answer;
import io.movingdata.core.bus.Echo.Ask;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.error.MovingDataException.FieldError;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusTest {
  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00.123456789Z");

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);

  @AfterEach
  void close() {
    Outcome.of(vertx.close());
  }

  private Registration serve() {
    return Outcome.of(bus.serve(ECHO, new Echo("one")::answer));
  }

  private MovingDataException refusal(String what) {
    return catchThrowableOfType(
        MovingDataException.class,
        () -> Outcome.of(bus.request(ECHO, new Ask(what, NOW), Duration.ofMillis(300))));
  }

  @Test
  void aRequestIsAnsweredWithARecordAndItsInstantIsExact() {
    serve();
    assertThat(Outcome.of(bus.request(ECHO, new Ask("hello", NOW))))
        .isEqualTo(new Answer("one", "hello", NOW));
  }

  @Test
  void aRefusalKeepsItsCodeMessageWaitAndFields() {
    serve();
    MovingDataException refusal = refusal("refuse");
    assertThat(refusal.code()).isEqualTo(ErrorCode.PROVIDER_BUSY);
    assertThat(refusal).hasMessage("come back later");
    assertThat(refusal.retryAfterMs()).isEqualTo(1_500);
    assertThat(refusal.fields()).containsExactly(new FieldError("what", "is refused"));
  }

  @Test
  void aThrownRefusalIsARefusal() {
    serve();
    assertThat(refusal("throw").code()).isEqualTo(ErrorCode.FORBIDDEN);
  }

  @Test
  void anythingElseBecomesAnIncidentWhoseIdAloneCrosses() {
    serve();
    MovingDataException refusal = refusal("break");
    assertThat(refusal.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(refusal.getMessage()).matches("incident [0-9a-f-]{36}");
  }

  @Test
  void silenceIsATimeOutOfUnknownOutcome() {
    serve();
    assertThat(refusal("silence").code()).isEqualTo(ErrorCode.SERVICE_TIMEOUT);
  }

  @Test
  void whereNobodyListensTheServiceIsAbsent() {
    assertThat(refusal("hello").code()).isEqualTo(ErrorCode.SERVICE_ABSENT);
    Registration registration = serve();
    Outcome.of(registration.close());
    assertThat(refusal("hello").code()).isEqualTo(ErrorCode.SERVICE_ABSENT);
  }

  @Test
  void aMalformedMessageIsAnInvalidRequest() {
    serve();
    MovingDataException refusal =
        catchThrowableOfType(
            MovingDataException.class,
            () ->
                Outcome.of(
                    bus.requestRaw(
                        ECHO.name(),
                        Buffer.buffer("{"),
                        MultiMap.caseInsensitiveMultiMap(),
                        Duration.ofSeconds(5))));
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @Test
  void rawBytesTravelWithTheirHeadersBothWays() {
    Outcome.of(
        bus.serveReplies(
            "movingdata.test.raw",
            message ->
                Future.succeededFuture(
                    new Bus.Reply(
                        message.body().appendByte((byte) 0xff),
                        MultiMap.caseInsensitiveMultiMap()
                            .add("seen", message.headers().get("offset"))))));
    Message<Buffer> reply =
        Outcome.of(
            bus.requestRaw(
                "movingdata.test.raw",
                Buffer.buffer(new byte[] {0, 1}),
                MultiMap.caseInsensitiveMultiMap().add("offset", "7"),
                Duration.ofSeconds(5)));
    assertThat(reply.body().getBytes()).containsExactly(0, 1, 0xff);
    assertThat(reply.headers().get("Seen")).isEqualTo("7");
  }

  @Test
  void everyListenerHearsAnEventAndABadOneIsDropped() {
    List<Ask> first = new CopyOnWriteArrayList<>();
    List<Ask> second = new CopyOnWriteArrayList<>();
    Outcome.of(bus.subscribe(NEWS, first::add));
    Registration registration =
        Outcome.of(
            bus.subscribe(
                NEWS,
                ask -> {
                  second.add(ask);
                  throw new IllegalStateException("a listener that fails");
                }));
    vertx.eventBus().publish(NEWS.name(), Buffer.buffer("not json"));
    bus.publish(NEWS, new Ask("a", NOW));
    bus.publish(NEWS, new Ask("b", NOW));
    await().untilAsserted(() -> assertThat(first).extracting(Ask::what).containsExactly("a", "b"));
    await().untilAsserted(() -> assertThat(second).hasSize(2));
    Outcome.of(registration.close());
    bus.publish(NEWS, new Ask("c", NOW));
    await().untilAsserted(() -> assertThat(first).hasSize(3));
    assertThat(second).hasSize(2);
  }

  @Test
  void aBusThatReachesItselfIsHealthy() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Outcome.of(new BusProbe(vertx, "node-1").start(meters));
    assertThat(meters.get("movingdata.bus.healthy").gauge().value()).isEqualTo(1);
    assertThat(BusProbe.healthy(vertx)).isTrue();
  }
}
