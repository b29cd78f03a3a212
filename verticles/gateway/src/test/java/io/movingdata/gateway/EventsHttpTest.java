package io.movingdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.RulesApi;
import io.movingdata.core.contract.SimulatorApi;
import io.movingdata.core.contract.TelemetryApi;
import io.movingdata.core.model.Alert;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-sent events over a real socket. */
class EventsHttpTest {
  private GatewayFixture gateway;

  @BeforeEach
  void start() {
    gateway = GatewayFixture.start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Socket listen(String query, String... headers) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    socket.setSoTimeout(10_000);
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    String request = "GET /events" + query + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String next(BufferedReader lines, String prefix) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(prefix)) {
        return line.substring(prefix.length());
      }
    }
    throw new AssertionError("the stream ended before " + prefix);
  }

  private void tell(String fileId, long version) {
    gateway.bus.publish(
        Events.FILE, new Events.FileEvent(fileId, version, "placed", "test", "s3", Instant.EPOCH));
  }

  @Test
  void eventsArriveWithIdsAndNamesAndNothingCanBeInjected() throws IOException {
    try (Socket socket = listen("?topics=file")) {
      BufferedReader lines = lines(socket);
      assertThat(next(lines, "Content-Type: ")).startsWith("text/event-stream");
      assertThat(next(lines, "retry: ")).isEqualTo("3000");
      tell("evil\r\nevent: fake\ndata: x", 1);

      String id = next(lines, "id: ");
      assertThat(id).matches("[0-9a-f]{8}-[0-9]+");
      assertThat(next(lines, "event: ")).isEqualTo("file");
      assertThat(next(lines, "data: ")).contains("evil\\r\\nevent: fake\\ndata: x");
    }
  }

  @Test
  void whoComesBackMissesNothing() throws IOException {
    String seen;
    try (Socket socket = listen("?topics=file")) {
      BufferedReader lines = lines(socket);
      next(lines, "retry: ");
      tell("a", 1);
      seen = next(lines, "id: ");
    }
    tell("b", 2);
    tell("c", 3);
    gateway.put("/files/sync/content", new byte[0]);

    try (Socket socket = listen("?topics=file", "Last-Event-ID: " + seen)) {
      BufferedReader lines = lines(socket);
      assertThat(next(lines, "data: ")).contains("\"b\"");
      assertThat(next(lines, "data: ")).contains("\"c\"");
    }
  }

  @Test
  void whoComesBackFromElsewhereIsToldToLookAnew() throws IOException {
    for (String id : List.of("ffffffff-7", "garbage", "99999999999999999999", "-1")) {
      try (Socket socket = listen("?topics=file", "Last-Event-ID: " + id)) {
        assertThat(next(lines(socket), "event: ")).as(id).isEqualTo("snapshot");
      }
    }
  }

  @Test
  void whoAsksForASnapshotIsToldTheStateFirst() throws IOException {
    try (Socket socket = listen("?topics=file&snapshot=true")) {
      BufferedReader lines = lines(socket);
      assertThat(next(lines, "event: ")).isEqualTo("snapshot");
      assertThat(next(lines, "data: "))
          .contains("\"reason\":\"opened\"", "\"health\":{", "\"stream_rate\":[");
      assertThat(next(lines, "event: ")).isEqualTo("alive");
      tell("a", 1);
      assertThat(next(lines, "event: ")).isEqualTo("file");
    }
    try (Socket socket = listen("?topics=file&snapshot=true", "Last-Event-ID: ffffffff-7")) {
      assertThat(next(lines(socket), "data: ")).contains("events were missed", "\"health\":{");
    }
  }

  @Test
  void whatStreamAlertsAndSimulatorTellArrivesUnderItsTopicAndNoOther() throws IOException {
    Instant now = Instant.parse("2026-03-04T10:00:00Z");
    try (Socket all = listen("?topics=stream,alert,simulator");
        Socket alertsOnly = listen("?topics=alert")) {
      BufferedReader lines = lines(all);
      BufferedReader alerts = lines(alertsOnly);
      next(lines, "retry: ");
      next(alerts, "retry: ");
      gateway.bus.publish(
          TelemetryApi.TICK,
          new TelemetryApi.StreamTick(
              "n1", true, true, List.of(), 7, 7, 1, 0, 0, null, List.of(), now));
      assertThat(next(lines, "event: ")).isEqualTo("stream");
      assertThat(next(lines, "data: ")).contains("\"kind\":\"tick\"", "\"events\":7");
      gateway.bus.publish(
          TelemetryApi.ANOMALY, new TelemetryApi.Anomaly("f", "latency_shift", 90, 10, now));
      assertThat(next(lines, "event: ")).isEqualTo("stream");
      assertThat(next(lines, "data: ")).contains("\"kind\":\"anomaly\"", "latency_shift");
      gateway.bus.publish(
          SimulatorApi.BURST,
          new SimulatorApi.Burst("b1", "running", 10, 5, 0, 5, null, now, null));
      assertThat(next(lines, "event: ")).isEqualTo("simulator");
      assertThat(next(lines, "data: ")).contains("\"burst_id\":\"b1\"");
      gateway.bus.publish(
          RulesApi.ALERT,
          new Alert("a1", "cost", "s3", "dear", 1, 0.5, "active", now, now, null, null, null));
      assertThat(next(lines, "event: ")).isEqualTo("alert");
      assertThat(next(lines, "data: ")).contains("\"id\":\"a1\"", "\"state\":\"active\"");
      assertThat(next(alerts, "event: ")).as("nothing came before").isEqualTo("alert");
    }
  }

  @Test
  void clientsThatNeverReadAreCutWhileOthersHearOn() throws IOException {
    List<Socket> deaf = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      deaf.add(listen("?topics=file"));
    }
    try (Socket healthy = listen("?topics=file")) {
      BufferedReader lines = lines(healthy);
      next(lines, "retry: ");
      String large = "x".repeat(900);
      // More than the kernel's buffers of a connection hold, and then more than we hold.
      for (int i = 0; i < 12_000; i++) {
        tell(large, i);
        if (i % 50 == 49) {
          for (int k = 0; k < 50; k++) {
            next(lines, "data: ");
          }
        }
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(gateway.streams()).isEqualTo(1));
      tell("still-here", 1);
      assertThat(next(lines, "data: ")).contains("still-here");
    } finally {
      for (Socket socket : deaf) {
        socket.close();
      }
    }
    await().untilAsserted(() -> assertThat(gateway.streams()).isZero());
  }
}
