package io.movingdata.testkit.net;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.testkit.Contents;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private static final Buffer ANSWER = Contents.buffer(1, 100_000);

  private final Vertx vertx = Vertx.vertx();

  /** Kept, because a client that is garbage takes its connections along. */
  private final NetClient client = vertx.createNetClient();

  private final Buffer received = Buffer.buffer();
  private FaultProxy proxy;

  @BeforeEach
  void startAServerThatAnswersEveryByteWithTheSameBytes() {
    NetServer server =
        vertx
            .createNetServer()
            .connectHandler(
                socket ->
                    socket.handler(
                        bytes -> {
                          synchronized (received) {
                            received.appendBuffer(bytes);
                          }
                          socket.end(ANSWER);
                        }));
    outcome(server.listen(0, "127.0.0.1"));
    URI endpoint = URI.create("http://127.0.0.1:" + server.actualPort());
    proxy = outcome(FaultProxy.inFrontOf(vertx, endpoint));
  }

  @AfterEach
  void close() {
    outcome(proxy.close());
    outcome(vertx.close());
  }

  private Buffer ask() {
    return outcome(asking());
  }

  private Future<Buffer> asking() {
    Promise<Buffer> all = Promise.promise();
    Buffer sofar = Buffer.buffer();
    client
        .connect(proxy.port(), "127.0.0.1")
        .onSuccess(
            socket -> {
              socket.handler(sofar::appendBuffer);
              socket.endHandler(v -> all.complete(sofar));
              socket.write("question");
            })
        .onFailure(all::fail);
    return all.future();
  }

  @Test
  void passesEverythingWithoutFaults() {
    assertThat(ask()).isEqualTo(ANSWER);
    assertThat(received.toString()).isEqualTo("question");
    assertThat(proxy.connections()).isEqualTo(1);
  }

  @Test
  void cutsAfterExactlySoManyBytes() {
    proxy.set(Direction.DOWN, LinkFaults.cutAfter(12_345));

    Buffer cut = ask();
    assertThat(cut.length()).isEqualTo(12_345);
    assertThat(cut).isEqualTo(ANSWER.getBuffer(0, 12_345));

    proxy.heal();
    assertThat(ask()).isEqualTo(ANSWER);
  }

  @Test
  void turnsOneBit() {
    proxy.set(Direction.DOWN, LinkFaults.flipAt(50_000));
    Buffer damaged = ANSWER.copy();
    damaged.setByte(50_000, (byte) (ANSWER.getByte(50_000) ^ 1));

    assertThat(ask()).isEqualTo(damaged);
  }

  @Test
  void cutsWhatTheClientSends() {
    proxy.set(Direction.UP, LinkFaults.cutAfter(4));

    ask();

    await().untilAsserted(() -> assertThat(received.toString()).isEqualTo("ques"));
  }

  @Test
  void slowsDown() {
    proxy.set(Direction.DOWN, LinkFaults.bandwidth(400_000));
    long start = System.nanoTime();

    assertThat(ask()).isEqualTo(ANSWER);
    assertThat(System.nanoTime() - start).isGreaterThan(200_000_000L);
  }

  @Test
  void delays() {
    proxy.set(Direction.UP, LinkFaults.latency(300));
    long start = System.nanoTime();

    assertThat(ask()).isEqualTo(ANSWER);
    assertThat(System.nanoTime() - start).isGreaterThan(290_000_000L);
  }

  @Test
  void refusesConnections() {
    proxy.refuse();

    // The reset may come before the connection counts as made, or after.
    assertThat(outcome(asking().otherwise(refused -> Buffer.buffer())).length()).isZero();
    assertThat(received.length()).isZero();
  }

  @Test
  void swallowsEverythingUntilTheConnectionIsReset() {
    proxy.set(Direction.UP, LinkFaults.blackHole());
    AtomicBoolean closed = new AtomicBoolean();
    client
        .connect(proxy.port(), "127.0.0.1")
        .onSuccess(
            socket -> {
              socket.closeHandler(v -> closed.set(true));
              socket.write("question");
            });
    await().until(() -> proxy.connections() == 1);
    outcome(vertx.timer(200, TimeUnit.MILLISECONDS));
    assertThat(received.length()).isZero();
    assertThat(closed).isFalse();

    proxy.reset();

    await().untilTrue(closed);
  }

  @Test
  void aSlowLinkTrickles() {
    proxy.set(Direction.DOWN, LinkFaults.bandwidth(1_000));
    Buffer sofar = Buffer.buffer();
    client
        .connect(proxy.port(), "127.0.0.1")
        .onSuccess(
            socket -> {
              socket.handler(sofar::appendBuffer);
              socket.write("question");
            });

    await().until(() -> sofar.length() > 0);

    assertThat(sofar.length()).isLessThan(ANSWER.length());
  }

  @Test
  void losesTheAnswerToARequestThatWasServed() {
    proxy.loseAnswers(1, request -> request.toString().startsWith("quest"));

    assertThat(ask().length()).isZero();

    assertThat(received.toString()).isEqualTo("question");
    assertThat(proxy.answersLost()).isEqualTo(1);
    assertThat(ask()).isEqualTo(ANSWER);
    assertThat(proxy.answersLost()).isEqualTo(1);
  }

  @Test
  void otherRequestsKeepTheirAnswers() {
    proxy.loseAnswers(1, request -> request.toString().startsWith("command"));

    assertThat(ask()).isEqualTo(ANSWER);
  }

  @Test
  void aFrozenConnectionThawsWithEveryByte() {
    proxy.set(Direction.DOWN, LinkFaults.latency(50));
    proxy.freeze();
    Future<Buffer> asked = asking();
    await().until(() -> proxy.connections() == 1);
    outcome(vertx.timer(200, TimeUnit.MILLISECONDS));
    assertThat(received.length()).isZero();
    assertThat(asked.isComplete()).isFalse();
    assertThat(proxy.passed(Direction.UP)).isZero();

    proxy.heal();

    assertThat(outcome(asked)).isEqualTo(ANSWER);
    assertThat(proxy.passed(Direction.UP)).isEqualTo("question".length());
    assertThat(proxy.passed(Direction.DOWN)).isEqualTo(ANSWER.length());
  }

  @Test
  void aConnectionFreezesInTheMiddle() {
    proxy.set(Direction.DOWN, LinkFaults.bandwidth(200_000));
    Future<Buffer> asked = asking();
    await().until(() -> proxy.passed(Direction.DOWN) > 0);
    proxy.freeze();

    outcome(vertx.timer(1000, TimeUnit.MILLISECONDS));
    assertThat(asked.isComplete()).isFalse();

    proxy.heal();
    assertThat(outcome(asked)).isEqualTo(ANSWER);
  }
}
