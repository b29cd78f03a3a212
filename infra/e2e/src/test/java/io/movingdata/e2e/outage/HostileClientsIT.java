package io.movingdata.e2e.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.e2e.Contents;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.Api.Answer;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Clients that hold on to what they get: connections without a request, uploads that stall, bodies
 * without an end, streams that nobody reads. Others are served meanwhile, the node's memory stays
 * bounded, and what was held comes back.
 */
class HostileClientsIT {
  private static final int IDLE = 1_000;
  private static final int STALLED = 80;
  private static final int UNREAD = 50;

  /** Uploads without room are refused after 30 s, those that stall 15 s after they got room. */
  private static final Duration GIVEN_UP = Duration.ofSeconds(80);

  private final List<SocketChannel> open = new ArrayList<>();
  private LocalSystem system;
  private NodeProcess node;
  private Api api;

  @BeforeEach
  void start() {
    system = LocalSystem.create("hostile").optimised();
    node = system.node("a");
    api = node.api();
    assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
    assertThat(api.upload("known", Contents.bytes(100_000, 1)).status()).isEqualTo(201);
    assertThat(api.uploadTo("s3", "large", () -> Contents.stream(20 << 20, 2), 20 << 20).status())
        .isEqualTo(201);
  }

  @AfterEach
  void stop() throws IOException {
    for (SocketChannel channel : open) {
      channel.close();
    }
    system.close();
  }

  @Test
  void othersAreServedAndWhatWasHeldComesBack() throws IOException {
    for (int i = 0; i < IDLE; i++) {
      connect();
    }
    for (int i = 0; i < UNREAD; i++) {
      send("GET /files/large/content HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }
    List<SocketChannel> stalled = new ArrayList<>();
    for (int i = 0; i < STALLED; i++) {
      String length = i % 4 == 0 ? "Transfer-Encoding: chunked" : "Content-Length: " + (200L << 20);
      String head = "PUT /files/stalled-%d/content HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n";
      SocketChannel channel = send(head.formatted(i, length).getBytes(StandardCharsets.UTF_8));
      pour(channel, i % 4 == 0 ? "100000\r\n" : "", 4_000);
      stalled.add(channel);
    }
    servedMeanwhile();

    await("uploads find room again")
        .atMost(GIVEN_UP)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              Answer stored = api.upload("after", Contents.bytes(30_000_000, 3));
              assertThat(stored.status()).as(stored.body()).isLessThan(300);
            });
    await("stalled uploads are cut or answered")
        .atMost(GIVEN_UP)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> stalled.stream().allMatch(HostileClientsIT::over));
    assertThat(api.download("after").body()).isEqualTo(Contents.bytes(30_000_000, 3));
    assertThat(api.get("/files?q=stalled").header("X-Total-Count")).isEqualTo("0");
    assertThat(node.log()).doesNotContain("blocked", "OutOfMemory");
  }

  @Test
  void aBodyWithoutEndIsCutAtTheLimit() throws IOException {
    SocketChannel channel =
        send(
            ("POST /move HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < 200 && pour(channel, "100000\r\n", 1 << 20); i++) {
      pour(channel, "\r\n", 0);
    }
    await("it is answered or cut").atMost(GIVEN_UP).until(() -> over(channel));
    String huge = "[" + "1,".repeat(10_000_000) + "1]";
    try {
      Answer refused = api.call("POST", "/moves", BodyPublishers.ofString(huge));
      assertThat(refused.status()).isBetween(400, 499);
    } catch (UncheckedIOException cut) {
      assertThat(cut).hasMessageNotContaining("refused");
    }
    assertThat(api.get("/health").status()).isEqualTo(200);
  }

  private void servedMeanwhile() {
    long began = System.nanoTime();
    assertThat(api.get("/health").status()).isEqualTo(200);
    assertThat(api.download("known").body()).isEqualTo(Contents.bytes(100_000, 1));
    assertThat(api.get("/files").status()).isEqualTo(200);
    Answer moved = api.move("known", "gcs");
    assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }

  private SocketChannel connect() throws IOException {
    URI base = api.base();
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 16 * 1024);
    channel.connect(new InetSocketAddress(base.getHost(), base.getPort()));
    open.add(channel);
    return channel;
  }

  private SocketChannel send(byte[] head) throws IOException {
    SocketChannel channel = connect();
    channel.write(ByteBuffer.wrap(head));
    channel.configureBlocking(false);
    return channel;
  }

  /** Sends as much of some bytes as is taken; whether the connection still stands. */
  private static boolean pour(SocketChannel channel, String before, int bytes) {
    byte[] start = before.getBytes(StandardCharsets.UTF_8);
    ByteBuffer piece = ByteBuffer.allocate(start.length + bytes);
    piece.put(start).rewind();
    try {
      for (int i = 0; i < 100 && piece.hasRemaining(); i++) {
        channel.write(piece);
      }
      return true;
    } catch (IOException cut) {
      return false;
    }
  }

  /** Whether the server has answered or cut it. */
  private static boolean over(SocketChannel channel) {
    try {
      return channel.read(ByteBuffer.allocate(64)) != 0;
    } catch (IOException cut) {
      return true;
    }
  }
}
