package io.movingdata.gateway;

import static io.movingdata.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.contract.Events;
import io.movingdata.testkit.storage.StoreOperation;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Health, locations, metrics and the pages over a real socket. */
class HealthHttpTest {
  private GatewayFixture gateway;

  @BeforeEach
  void start() {
    gateway = GatewayFixture.start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void healthNamesWhatItKnowsAndIsHonestAboutTheRest() {
    gateway.bus.publish(
        Events.NODE,
        new Events.NodeTick("node-9", "host", List.of("mover"), 5, "1", Instant.EPOCH));

    await()
        .untilAsserted(
            () -> {
              JsonNode health = json(gateway.get("/health"));
              assertThat(health.path("status").asText()).isEqualTo("ok");
              assertThat(health.at("/mongo/connected").asBoolean()).isTrue();
              assertThat(health.at("/storage/gcs/reachable").asBoolean()).isTrue();
              assertThat(health.at("/nodes/0/node_id").asText()).isEqualTo("node-9");
              assertThat(health.at("/kafka/connected").asBoolean(true)).isFalse();
              assertThat(health.at("/simulator/enabled").asBoolean(true)).isFalse();
            });
    assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void healthAnswersAtOnceWhileAProviderHangsAndTheCatalogIsAway() {
    gateway.stores.get("gcs").faults().hold(StoreOperation.PROBE);
    gateway.catalog.away(true);

    await()
        .untilAsserted(
            () ->
                assertThat(json(gateway.get("/health")).path("status").asText()).isEqualTo("down"));
    long start = System.nanoTime();
    HttpResponse<byte[]> health = gateway.get("/health");
    assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    assertThat(health.statusCode()).isEqualTo(200);
    HttpResponse<byte[]> ready = gateway.get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(json(ready).path("missing").toString()).contains("catalog");
  }

  @Test
  void locationsTellReachRolesAndPrices() {
    await()
        .untilAsserted(
            () -> {
              JsonNode s3 = json(gateway.get("/locations")).get(0);
              assertThat(s3.path("id").asText()).isEqualTo("s3");
              assertThat(s3.path("reachable").asBoolean()).isTrue();
              assertThat(s3.path("allowed_roles").toString()).contains("engineering");
              assertThat(s3.path("egress_cost_per_gb").asDouble()).isEqualTo(0.09);
            });
  }

  @Test
  void metricsCountRequestsByOperationAndNeverByPath() {
    gateway.put("/files/secret-name/content", new byte[0]);
    gateway.get("/files/secret-name");

    await()
        .untilAsserted(
            () -> {
              String text = new String(gateway.get("/metrics").body(), StandardCharsets.UTF_8);
              assertThat(text).contains("operation=\"getFile\"").doesNotContain("secret-name");
            });
  }

  @Test
  void thePagesAreServedUnderAStrictPolicy() {
    HttpResponse<byte[]> page = gateway.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).contains("text/html");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(new String(page.body(), StandardCharsets.UTF_8))
        .doesNotContain("<script>")
        .doesNotContain("style=");
    assertThat(new String(gateway.get("/docs").body(), StandardCharsets.UTF_8))
        .contains("moveFile")
        .doesNotContain("<script");
    HttpResponse<byte[]> problem = gateway.get("/problems/key-reused");
    assertThat(problem.statusCode()).isEqualTo(200);
    assertThat(gateway.get("/problems/none").statusCode()).isEqualTo(404);
    assertThat(gateway.get("/openapi.json").statusCode()).isEqualTo(200);
  }
}
