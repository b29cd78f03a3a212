package io.movingdata.testkit.net;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.movingdata.testkit.Contents;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Without faults nobody notices the proxy; its log says what passed. */
class HttpFaultProxyTest extends HttpProxyTestBase {
  private static final Buffer BODY = Contents.buffer(2, 300_000);

  @Test
  void requestsArriveAsTheyWereSent() {
    assertThat(put("/base/a%2Fb//c%20d?x=%2B&y", BODY).body()).isEqualTo(RecordingServer.ANSWER);
    assertThat(get("/base/chunked").body()).isEqualTo(RecordingServer.ANSWER);

    RecordingServer.Seen put = server().seen().get(0);
    assertThat(put.method()).isEqualTo("PUT");
    assertThat(put.uri()).isEqualTo("/base/a%2Fb//c%20d?x=%2B&y");
    assertThat(put.host()).isEqualTo("127.0.0.1:" + proxy().port());
    assertThat(put.body()).isEqualTo(BODY);
    assertThat(proxy().endpoint()).isEqualTo(URI.create("http://" + put.host() + "/base"));
  }

  @Test
  void aHeadKeepsItsLengthAndA308ItsRange() {
    Answer head = outcome(asking(HttpMethod.HEAD, "/x", null));
    assertThat(head.headers().get("content-length")).isEqualTo("100000");
    assertThat(head.headers().get("etag")).isEqualTo("\"right\"");

    Answer resume = put("/resume", BODY);
    assertThat(resume.status()).isEqualTo(308);
    assertThat(resume.headers().get("range")).isEqualTo("bytes=0-9");
  }

  @Test
  void whoWaitsForA100IsToldToGoOn() {
    Promise<Void> goOn = Promise.promise();
    HttpClientRequest request =
        outcome(client().request(HttpMethod.PUT, proxy().port(), "127.0.0.1", "/x"));
    request
        .putHeader("expect", "100-continue")
        .putHeader("content-length", Integer.toString(BODY.length()))
        .continueHandler(v -> goOn.complete())
        .sendHead();
    outcome(goOn.future());
    request.end(BODY);

    assertThat(outcome(request.response()).statusCode()).isEqualTo(200);
    assertThat(server().bodies()).containsExactly(BODY);
    assertThat(server().seen().get(0).expect()).isNull();
  }

  @Test
  void theLogTellsWhatPassed() {
    put("/one?two", BODY);
    outcome(asking(HttpMethod.HEAD, "/x", null));

    await().until(() -> proxy().log().stream().noneMatch(e -> e.ended() == null));
    assertThat(proxy().log())
        .extracting(
            LoggedExchange::sequence,
            LoggedExchange::method,
            LoggedExchange::uri,
            LoggedExchange::bodyBytes,
            LoggedExchange::status,
            LoggedExchange::answerBytes)
        .containsExactly(
            tuple(1L, "PUT", "/one?two", 300_000L, 200, 100_000L),
            tuple(2L, "HEAD", "/x", 0L, 200, 0L));
    assertThat(proxy().log()).allMatch(e -> !e.ended().isBefore(e.begun()));
    assertThat(proxy().passed(Direction.UP)).isEqualTo(300_000);
    assertThat(proxy().passed(Direction.DOWN)).isEqualTo(100_000);
  }

  @Test
  void aServerThatIsAwayHasNoAnswer() {
    HttpFaultProxy nowhere =
        outcome(HttpFaultProxy.inFrontOf(vertx(), URI.create("http://127.0.0.1:1")));
    Future<?> asked =
        client()
            .request(HttpMethod.GET, nowhere.port(), "127.0.0.1", "/")
            .compose(HttpClientRequest::send);

    assertThat(failureOf(asked)).isNotNull();
    assertThat(nowhere.log()).extracting(LoggedExchange::status).containsExactly(0);
    outcome(nowhere.close());
  }

  @Test
  void aServerThatDoesNotReadHoldsTheClientBack() {
    AtomicReference<HttpServerRequest> arrived = new AtomicReference<>();
    HttpFaultProxy proxy = outcome(HttpFaultProxy.inFrontOf(vertx(), holding(arrived)));
    Buffer large = Buffer.buffer(new byte[64 << 20]);
    Future<Integer> status =
        client()
            .request(HttpMethod.PUT, proxy.port(), "127.0.0.1", "/x")
            .compose(request -> request.send(large))
            .map(answer -> answer.statusCode());
    await().until(() -> arrived.get() != null);
    AtomicReference<Long> before = new AtomicReference<>(-1L);
    await()
        .pollInterval(Duration.ofMillis(300))
        .until(() -> before.getAndSet(proxy.passed(Direction.UP)) == proxy.passed(Direction.UP));
    assertThat(proxy.passed(Direction.UP)).isBetween(1L, 32L << 20);

    HttpServerRequest request = arrived.get();
    request.endHandler(v -> request.response().end()).resume();

    assertThat(outcome(status)).isEqualTo(200);
    assertThat(proxy.passed(Direction.UP)).isEqualTo(64 << 20);
    outcome(proxy.close());
  }

  @Test
  void theServerLearnsThatItsClientGaveUp() {
    AtomicReference<HttpServerRequest> arrived = new AtomicReference<>();
    Promise<Void> aborted = Promise.promise();
    HttpFaultProxy proxy = outcome(HttpFaultProxy.inFrontOf(vertx(), holding(arrived)));
    HttpClientRequest request =
        outcome(client().request(HttpMethod.PUT, proxy.port(), "127.0.0.1", "/x"));
    request.putHeader("content-length", "1000").write("the beginning");
    await().until(() -> arrived.get() != null);
    arrived.get().exceptionHandler(failure -> aborted.tryComplete()).resume();

    request.reset();

    outcome(aborted.future());
    await().until(() -> proxy.log().get(0).ended() != null);
    outcome(proxy.close());
  }

  /** A server that reads nothing before it is told to. */
  private URI holding(AtomicReference<HttpServerRequest> arrived) {
    HttpServer server =
        vertx()
            .createHttpServer()
            .requestHandler(
                request -> {
                  request.pause();
                  arrived.set(request);
                });
    outcome(server.listen(0, "127.0.0.1"));
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }
}
