package io.movingdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.contract.TelemetryApi;
import io.movingdata.core.contract.TelemetryApi.Ingested;
import io.movingdata.core.contract.TelemetryApi.StreamTick;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.AccessKind;
import io.vertx.core.Future;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Access events over HTTP, in front of a telemetry that records what it is given. */
class StreamHttpTest {
  private final List<AccessEvent> taken = new ArrayList<>();
  private Ingested answer;
  private MovingDataException refusal;
  private GatewayFixture gateway;

  @BeforeEach
  void start() {
    gateway = GatewayFixture.start();
    GatewayFixture.outcome(
        gateway.bus.serve(
            TelemetryApi.INGEST,
            request -> {
              taken.addAll(request.events());
              if (refusal != null) {
                return Future.failedFuture(refusal);
              }
              return Future.succeededFuture(
                  answer == null ? new Ingested(request.events().size(), 0, null) : answer);
            }));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private HttpResponse<byte[]> post(String type, String body) {
    return gateway.send(
        gateway
            .request("/ingest_event")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<byte[]> json(String body) {
    return post("application/json", body);
  }

  private static JsonNode tree(HttpResponse<byte[]> answer) {
    return GatewayFixture.json(answer);
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Test
  void oneEventIsQueuedWithItsDefaults() {
    HttpResponse<byte[]> answer = json("{\"file_id\":\"a/b\",\"latency_ms\":12,\"ts\":1.7e9}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(text(answer)).isEqualTo("{\"queued\":true}");
    AccessEvent event = taken.get(0);
    assertThat(event.fileId()).isEqualTo("a/b");
    assertThat(event.event()).isEqualTo(AccessKind.READ);
    assertThat(event.ts()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    assertThat(event.eventId()).isNotEmpty();
  }

  @Test
  void oneEventThatIsNotAcceptableIsRefusedWithEachField() {
    HttpResponse<byte[]> answer =
        json("{\"file_id\":\"\",\"event\":\"list\",\"bytes_read\":-1,\"colour\":\"red\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    List<String> fields = new ArrayList<>();
    tree(answer).path("errors").forEach(error -> fields.add(error.path("field").asText()));
    assertThat(fields).containsExactlyInAnyOrder("file_id", "event", "bytes_read", "colour");
    assertThat(taken).isEmpty();
  }

  @Test
  void ofSeveralTheWrongOnesAreNamedAndTheOthersTaken() {
    JsonNode view =
        tree(
            json(
                "[{\"file_id\":\"a\"},7,{\"file_id\":\"b\",\"ts\":\"soon\"},{\"file_id\":\"c\"}]"));

    assertThat(view.path("queued").asInt()).isEqualTo(2);
    assertThat(view.path("rejected").findValuesAsText("index")).containsExactly("1", "2");
    assertThat(taken).extracting(AccessEvent::fileId).containsExactly("a", "c");
  }

  @Test
  void linesAreEventsToo() {
    HttpResponse<byte[]> answer =
        post(
            "application/x-ndjson; charset=utf-8",
            "{\"file_id\":\"a\"}\n\n{broken\n{\"file_id\":\"b\"}");

    assertThat(tree(answer).path("queued").asInt()).isEqualTo(2);
    assertThat(tree(answer).path("rejected").get(0).path("index").asInt()).isEqualTo(1);
  }

  @Test
  void whatWaitsIsSaidWithTheReason() {
    answer = new Ingested(0, 1, "the broker is away");
    assertThat(text(json("{\"file_id\":\"a\"}")))
        .isEqualTo("{\"queued\":false,\"waiting\":1,\"reason\":\"the broker is away\"}");
    refusal = MovingDataException.of(ErrorCode.OVERLOADED, "full").withRetryAfterMs(5_000);
    HttpResponse<byte[]> refused = json("{\"file_id\":\"a\"}");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("5");
  }

  @Test
  void tooManyNoneAndOtherTypesAreRefused() {
    assertThat(json("[]").statusCode()).isEqualTo(400);
    assertThat(json("[" + "1,".repeat(10_000) + "1]").statusCode()).isEqualTo(400);
    assertThat(tree(json("\"text\"")).path("rejected")).hasSize(1);
    assertThat(json("{\"file_id\":\"a\",\"file_id\":\"b\"}").statusCode()).isEqualTo(400);
    assertThat(post("text/csv", "a,b").statusCode()).isEqualTo(415);
    assertThat(json("{\"file_id\":\"" + "x".repeat(70_000) + "\"}").statusCode()).isEqualTo(413);
    assertThat(taken).isEmpty();
  }

  @Test
  void healthTellsOfTheBroker() {
    gateway.bus.publish(TelemetryApi.TICK, tick(false));
    Awaitility.await()
        .untilAsserted(
            () -> {
              JsonNode health = tree(gateway.get("/health"));
              assertThat(health.path("status").asText()).isEqualTo("degraded");
              assertThat(health.path("kafka").path("detail").asText()).contains("broker");
            });
    gateway.bus.publish(TelemetryApi.TICK, tick(true));
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(tree(gateway.get("/health")).path("kafka").path("connected").asBoolean())
                    .isTrue());
  }

  private static StreamTick tick(boolean ready) {
    return new StreamTick(
        "n1", ready, ready, List.of(), 0, 0, 0, 0, 0, null, List.of(), Instant.now());
  }
}
