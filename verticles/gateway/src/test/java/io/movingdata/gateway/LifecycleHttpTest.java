package io.movingdata.gateway;

import static io.movingdata.gateway.GatewayFixture.json;
import static io.movingdata.gateway.GatewayFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.movingdata.gateway.http.ServerLimits;
import io.movingdata.testkit.storage.StoreOperation;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stopping, and modes other than the open one. */
class LifecycleHttpTest {
  @Test
  void whatIsUnderWayEndsBeforeTheGatewayStops() {
    try (GatewayFixture gateway = GatewayFixture.start()) {
      gateway.stores.get("s3").faults().hold(StoreOperation.PUT);
      CompletableFuture<HttpResponse<byte[]>> upload =
          gateway.client.sendAsync(
              gateway
                  .request("/files/late/content")
                  .PUT(BodyPublishers.ofByteArray(new byte[] {1}))
                  .build(),
              BodyHandlers.ofByteArray());
      await().until(() -> gateway.stores.get("s3").faults().waiting(StoreOperation.PUT) == 1);

      Future<Void> stopped = gateway.stopGateway();
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> gateway.raw("GET /health HTTP/1.1\r\nHost: x\r\n\r\n"))
                      .isInstanceOf(IOException.class));
      assertThat(stopped.isComplete()).isFalse();
      gateway.stores.get("s3").faults().release(StoreOperation.PUT);

      assertThat(upload.join().statusCode()).isEqualTo(201);
      outcome(stopped);
      assertThat(gateway.catalog.file("late")).isNotNull();
    }
  }

  static Stream<String> closedPaths() {
    return Stream.of("/files", "/files/a", "/files/a/content", "/moves", "/audit", "/events");
  }

  @ParameterizedTest
  @MethodSource("closedPaths")
  void aNodeWhoseModeIsNotOpenLetsNobodyIn(String path) {
    try (GatewayFixture gateway = GatewayFixture.start("required", ServerLimits.standard())) {
      HttpResponse<byte[]> refused = gateway.get(path);

      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(json(refused).path("code").asText()).isEqualTo("UNAUTHENTICATED");
      assertThat(gateway.put("/files/a/content", new byte[1]).statusCode()).isEqualTo(401);
      assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
      assertThat(gateway.get("/docs").statusCode()).isEqualTo(200);
    }
  }
}
