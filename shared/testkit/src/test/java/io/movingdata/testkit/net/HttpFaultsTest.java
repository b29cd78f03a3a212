package io.movingdata.testkit.net;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.net.RecordingServer.ANSWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.movingdata.testkit.Contents;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault does what it says, once, and nothing else. */
class HttpFaultsTest extends HttpProxyTestBase {
  private static final Buffer BODY = Contents.buffer(2, 300_000);

  private FaultScript once(HttpFault fault) {
    FaultScript script = FaultScript.on(".*", "", fault).times(1);
    proxy().add(script);
    return script;
  }

  @Test
  void aLostResponseIsThatOfARequestThatWasServed() {
    once(HttpFaults.lostResponse());

    assertThat(failureOf(asking(HttpMethod.PUT, "/x", BODY))).isNotNull();

    assertThat(server().bodies()).containsExactly(BODY);
    assertThat(proxy().log())
        .extracting(LoggedExchange::status, LoggedExchange::answerBytes, LoggedExchange::fault)
        .containsExactly(tuple(200, 0L, "lost response"));
    assertThat(put("/x", BODY).status()).isEqualTo(200);
  }

  @Test
  void aLostRequestNeverArrives() {
    once(HttpFaults.lostRequest());

    assertThat(failureOf(asking(HttpMethod.PUT, "/x", BODY))).isNotNull();

    assertThat(server().seen()).isEmpty();
  }

  @Test
  void aDuplicateIsAnsweredByTheSecond() {
    once(HttpFaults.duplicated());

    assertThat(put("/count", BODY).text()).isEqualTo("2");

    assertThat(server().bodies()).containsExactly(BODY, BODY);
    assertThat(proxy().log())
        .extracting(LoggedExchange::bodyBytes, LoggedExchange::status)
        .containsOnly(tuple(300_000L, 200));
  }

  @Test
  void aRequestWithoutABodyIsDuplicatedToo() {
    once(HttpFaults.duplicated());

    assertThat(outcome(asking(HttpMethod.DELETE, "/count", null)).text()).isEqualTo("2");
  }

  @Test
  void aLateDuplicateComesAfterTheAnswer() {
    once(HttpFaults.duplicatedLater(50));

    assertThat(put("/count", BODY).text()).isEqualTo("1");

    await().until(() -> server().bodies().size() == 2);
    assertThat(server().bodies()).containsExactly(BODY, BODY);
  }

  @Test
  void anAnswerCanBeForged() {
    once(HttpFaults.answered(503, Map.of("retry-after", "7"), "busy"));

    Answer forged = put("/x", BODY);

    assertThat(forged.status()).isEqualTo(503);
    assertThat(forged.headers().get("retry-after")).isEqualTo("7");
    assertThat(forged.text()).isEqualTo("busy");
    assertThat(server().seen()).isEmpty();
    assertThat(put("/x", BODY).status()).isEqualTo(200);
  }

  @Test
  void anAnswerCanBeForgedAfterTheDeed() {
    once(HttpFaults.answeredAfter(200, Map.of(), ""));

    assertThat(put("/x", BODY).body().length()).isZero();

    assertThat(server().bodies()).containsExactly(BODY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void aHeaderCanBeForged(String method) {
    once(HttpFaults.header("etag", right -> "wrong"));
    assertThat(outcome(asking(HttpMethod.valueOf(method), "/x", null)).headers().getAll("etag"))
        .containsExactly("wrong");

    once(HttpFaults.header("etag", right -> null));
    assertThat(outcome(asking(HttpMethod.valueOf(method), "/x", null)).headers().contains("etag"))
        .isFalse();
  }

  @Test
  void aHeadCanHaveAnotherLength() {
    once(HttpFaults.header("content-length", length -> "99"));

    assertThat(outcome(asking(HttpMethod.HEAD, "/x", null)).headers().getAll("content-length"))
        .containsExactly("99");
  }

  @Test
  void oneBitOfAnAnswerCanBeTurned() {
    once(HttpFaults.flippedDown(70_000));

    assertThat(get("/x").body())
        .isEqualTo(ANSWER.copy().setByte(70_000, (byte) (ANSWER.getByte(70_000) ^ 1)));
  }

  @Test
  void oneBitOfARequestCanBeTurned() {
    once(HttpFaults.flippedUp(200_000));

    put("/x", BODY);

    assertThat(server().bodies())
        .containsExactly(BODY.copy().setByte(200_000, (byte) (BODY.getByte(200_000) ^ 1)));
  }

  @Test
  void anAnswerCanBeCut() {
    once(HttpFaults.cutDown(54_321));
    assertThat(beginningOf("/x")).isEqualTo(ANSWER.getBuffer(0, 54_321));
    once(HttpFaults.cutDown(54_321));
    assertThat(beginningOf("/chunked")).isEqualTo(ANSWER.getBuffer(0, 54_321));
  }

  @Test
  void anAnswerCanEndInAReset() {
    once(HttpFaults.resetDown(0));

    assertThat(failureOf(asking(HttpMethod.GET, "/x", null))).hasMessageContaining("reset");
  }

  /** What arrives of an answer that fails in the middle. */
  private Buffer beginningOf(String uri) {
    Buffer sofar = Buffer.buffer();
    HttpClientResponse answer =
        outcome(
            client()
                .request(HttpMethod.GET, proxy().port(), "127.0.0.1", uri)
                .compose(request -> request.send().onSuccess(a -> a.handler(sofar::appendBuffer))));
    assertThat(failureOf(answer.end())).isNotNull();
    return sofar;
  }

  @Test
  void aRequestCanBeCut() {
    once(HttpFaults.cutUp(1000));

    assertThat(failureOf(asking(HttpMethod.PUT, "/x", BODY))).isNotNull();

    assertThat(server().seen()).isEmpty();
    assertThat(proxy().passed(Direction.UP)).isLessThanOrEqualTo(1000);
    assertThat(put("/x", BODY).status()).isEqualTo(200);
  }

  @Test
  void anAnswerCanBeLate() {
    once(HttpFaults.delayed(200));
    long begun = System.nanoTime();

    assertThat(get("/x").body()).isEqualTo(ANSWER);

    assertThat(System.nanoTime() - begun).isGreaterThan(190_000_000L);
  }

  @Test
  void anAnswerCanBeStale() {
    proxy().plan(FaultScript.on(".*", "", HttpFaults.stale()));

    assertThat(get("/count").text()).isEqualTo("1");
    assertThat(get("/count?other").text()).isEqualTo("2");
    assertThat(get("/count").text()).isEqualTo("1");
    assertThat(outcome(asking(HttpMethod.HEAD, "/x", null)).headers().get("content-length"))
        .isEqualTo("100000");
    assertThat(outcome(asking(HttpMethod.HEAD, "/x", null)).headers().get("content-length"))
        .isEqualTo("100000");
    assertThat(server().seen()).hasSize(3);
    assertThat(put("/count", BODY).text()).isEqualTo("4");

    proxy().heal();
    assertThat(get("/count").text()).isEqualTo("5");
  }

  @Test
  void aScriptChoosesItsRequests() {
    FaultScript second =
        FaultScript.on("PUT", "/a/[0-9]+$", HttpFaults.answered(500, Map.of(), ""))
            .after(1)
            .times(1);
    proxy().plan(second);

    assertThat(get("/a/1").status()).isEqualTo(200);
    assertThat(put("/a/x", BODY).status()).isEqualTo(200);
    assertThat(put("/a/1", BODY).status()).isEqualTo(200);
    assertThat(second.befallen()).isZero();
    assertThat(put("/a/2", BODY).status()).isEqualTo(500);
    assertThat(put("/a/3", BODY).status()).isEqualTo(200);
    assertThat(second.befallen()).isEqualTo(1);
  }
}
