package io.movingdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.gateway.http.ServerLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are not the HTTP they should be. */
class RawHttpTest {
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() {
    gateway = GatewayFixture.start("open", new ServerLimits(1_500, 3_000, 60_000, 2_000));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "POST /move HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n",
        "POST /move HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n",
        "PUT /files/a/content HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"
      })
  void whatIsNotHttpIsRefusedAndCut(String bytes) throws IOException {
    assertThat(gateway.raw(bytes)).matches("(?s)(HTTP/1.[01] 400 .*)?");
    assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
    assertThat(gateway.catalog.file("a")).isNull();
  }

  @Test
  void lengthAndChunkingTogetherDoNotSmuggleASecondRequest() throws IOException {
    String answer =
        gateway.raw(
            "POST /move HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + "0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("uptime_s");
  }

  @Test
  void longLinesAndManyHeadersAreRefused() throws IOException {
    assertThat(gateway.raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.0 414 ");
    String headers = "X-Filler: 0123456789012345678901234567890123456789\r\n".repeat(10_000);
    assertThat(gateway.raw("GET /health HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n"))
        .startsWith("HTTP/1.1 431 ");
  }

  @Test
  void aClientThatDripsItsHeadIsCut() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write("GET /health HTTP/1.1\r\nX-Drip: ".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }
}
