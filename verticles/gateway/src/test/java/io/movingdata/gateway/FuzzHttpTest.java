package io.movingdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Requests made of pieces at random: whatever comes, it is no 500 and the gateway lives on. */
class FuzzHttpTest {
  private static final String[] METHODS = {
    "GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS", "TRACE", "FOO", "get"
  };
  private static final String[] STARTS = {
    "/files",
    "/files/",
    "/files/a",
    "/policy/",
    "/move",
    "/moves",
    "/moves/",
    "/moves/jobs/",
    "/replicas/",
    "/audit",
    "/locations",
    "/problems/",
    "/docs",
    "/",
    "*",
    "http://h",
    "//",
    "/.",
    "/health",
    "/openapi.json",
    "/seed/x",
    "/files/a/content"
  };
  private static final String[] PIECES = {
    "/",
    "//",
    "..",
    ".",
    "%2F",
    "%2e%2e",
    "%00",
    "%",
    "%zz",
    "%ff",
    "%F0%9F%98%80",
    "?",
    "&",
    "=",
    "#",
    "+",
    "content",
    "cancel",
    "limit=1",
    "cursor=x",
    "cursor=%00",
    "from=1e999",
    "to=-1",
    "sort=id",
    "q=%24",
    "state=done",
    "$",
    "{",
    "}",
    "|",
    "\\",
    "\u00e9",
    "a",
    "topics=file,",
    "limit=99999999999",
    ";",
    ":",
    "@",
    "[",
    "]",
    "\"",
    "'",
    "<",
    "~",
    "^",
    "`"
  };
  private static final String[] HEADERS = {
    "Range: bytes=-",
    "Range: bytes=1-,2-",
    "If-Match: *",
    "If-Match: x",
    "If-None-Match: \"",
    "If-Range: Fri",
    "Prefer: wait=-1",
    "Prefer: wait=\"",
    "Idempotency-Key: \u00e9",
    "Idempotency-Key: ",
    "X-Principal: a b",
    "X-Principal-Roles: ,,",
    "X-Principal-Roles: \u00e9",
    "Content-Type: application/json",
    "Content-Type: ;",
    "Content-Type: text/plain",
    "Content-MD5: !",
    "Repr-Digest: x",
    "Last-Event-ID: -",
    "Expect: 100-continue",
    "Expect: the-worst",
    "X-Meta-: x",
    "X-Meta-a: \u00ff",
    "Content-Encoding: gzip",
    "Accept: nothing",
    "Upgrade: websocket",
    "Connection: Upgrade, HTTP2-Settings",
    "Cookie: a=b; c",
    "X-Request-Id: \t",
    "Sec-Fetch-Site: cross-site"
  };
  private static final String[] BODIES = {
    "",
    "{",
    "{}",
    "[]",
    "null",
    "{\"file_id\":\"a\",\"target\":\"s3\"}",
    "\u0000\u0001\u00ff",
    "{\"selector\":{}}",
    "{\"selector\":{\"older_than\":1e300},\"target\":\"s3\"}",
    "{\"selector\":[],\"target\":1}",
    "{\"targets\":[\"s3\",\"s3\"]}",
    "{\"targets\":[null]}",
    "{\"principal_roles\":[]}",
    "{\"file_id\":\"\\uD800\",\"target\":\"\\u0000\"}"
  };
  private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();
  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() {
    LOGGED.start();
    ROOT.addAppender(LOGGED);
    gateway = GatewayFixture.start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    ROOT.detachAppender(LOGGED);
  }

  private static String any(SplittableRandom random, String[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String request(SplittableRandom random) {
    StringBuilder text = new StringBuilder(any(random, METHODS)).append(' ');
    text.append(any(random, STARTS));
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(any(random, PIECES));
    }
    text.append(" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(any(random, HEADERS)).append("\r\n");
    }
    String body = any(random, BODIES);
    return text.append("Content-Length: ").append(body.length()).append("\r\n\r\n") + body;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void nothingThatAClientSendsGivesA500(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 400; i++) {
      String request = request(random);
      if (request.contains(" /events")) {
        continue;
      }
      String answer = gateway.raw(request);
      assertThat(answer)
          .as("%s%n%s", request, answer)
          .doesNotContainPattern("^HTTP/1.[01] 500")
          .doesNotContain("\tat io.");
    }
    assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
    assertThat(List.copyOf(LOGGED.list)).noneMatch(event -> event.getLevel() == Level.ERROR);
  }
}
