package io.movingdata.consistency.mirror;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests to a server on the loopback interface, under names that a test gives a meaning. */
class MirrorHttpTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Deque<String> meanings = new ArrayDeque<>();
  private HttpServer server;

  @BeforeEach
  void start() {
    server = vertx.createHttpServer().requestHandler(this::answer);
    outcome(server.listen(0, "127.0.0.1"));
  }

  @AfterEach
  void stop() {
    outcome(vertx.close());
  }

  private void answer(HttpServerRequest request) {
    heard.add(request.method() + " " + request.uri() + " of " + request.authority().host());
    if (request.getHeader("authorization") != null) {
      heard.add(request.getHeader("authorization"));
    }
    if (request.path().startsWith("/redirect")) {
      request.response().setStatusCode(307).putHeader("location", "/elsewhere").end();
    } else if (request.path().startsWith("/long")) {
      request.response().end(Buffer.buffer(new byte[100_000]));
    } else {
      request.response().end("{}");
    }
  }

  private MirrorHttp http(boolean allowPrivate) {
    return new MirrorHttp(vertx, new AddressGuard(allowPrivate), this::resolve);
  }

  /** What the name means now: each request asks once. */
  private synchronized List<InetAddress> resolve(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(meanings.remove()));
  }

  private URI url(String path) {
    return URI.create("http://mirror.example:" + server.actualPort() + path);
  }

  @Test
  void theAddressThatWasJudgedIsConnectedToUnderTheNameThatWasGiven() {
    meanings.add("127.0.0.1");
    MirrorHttp.Answered answered =
        outcome(http(true).post(url("/changes?token=t"), Buffer.buffer("{}")));
    assertThat(answered.status()).isEqualTo(200);
    assertThat(heard).containsExactly("POST /changes?token=t of mirror.example");
    assertThat(meanings).as("it was asked for once").isEmpty();
  }

  @Test
  void aNameThatComesToMeanAPrivateAddressIsRefusedBeforeAnythingIsSent() {
    meanings.add("127.0.0.1");
    Throwable failure =
        catchThrowable(() -> outcome(http(false).post(url("/"), Buffer.buffer("{}"))));
    assertThat(failure).isInstanceOf(MirrorException.class).hasMessageContaining("private");
    assertThat(heard).isEmpty();
  }

  @Test
  void redirectsAreNotFollowedAndLongAnswersCutOff() {
    meanings.add("127.0.0.1");
    assertThat(outcome(http(true).post(url("/redirect"), Buffer.buffer("{}"))).status())
        .isEqualTo(307);
    assertThat(heard).hasSize(1);
    meanings.add("127.0.0.1");
    assertThat(catchThrowable(() -> outcome(http(true).get(url("/long"), "f"))))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("64 KiB");
  }

  @Test
  void aFileIsAskedForAsOneSegmentAndAUserPartBecomesAHeader() {
    meanings.add("127.0.0.1");
    URI withUser = URI.create("http://me:secret@mirror.example:" + server.actualPort() + "/f?k=1");
    outcome(http(true).get(withUser, "a b/c?.txt"));
    assertThat(heard)
        .containsExactly("GET /f/a%20b%2Fc%3F.txt?k=1 of mirror.example", "Basic bWU6c2VjcmV0");
  }
}
