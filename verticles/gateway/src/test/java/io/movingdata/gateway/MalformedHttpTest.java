package io.movingdata.gateway;

import static io.movingdata.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.gateway.http.ServerLimits;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a client sends gives a 500, and every refusal has the same shape. */
class MalformedHttpTest {
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() {
    gateway = GatewayFixture.start("open", new ServerLimits(1_500, 3_000, 60_000, 2_000));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static void refused(HttpResponse<byte[]> response, int status, String code) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    assertThat(response.statusCode()).as(body).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(response).path("code").asText()).isEqualTo(code);
    assertThat(json(response).path("status").asInt()).isEqualTo(status);
    assertThat(json(response).path("trace_id").asText())
        .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
    assertThat(body).doesNotContain("Exception").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "5",
        "\"x\"",
        "{} {}",
        "{\"file_id\":\"a\",\"file_id\":\"b\",\"target\":\"s3\"}",
        "{\"file_id\":NaN,\"target\":\"s3\"}",
        "{\"file_id\":5,\"target\":\"s3\"}",
        "{\"file_id\":{\"$ne\":1},\"target\":\"s3\"}",
        "{\"file_id\":\"$ne\",\"target\":\"s3\"}",
        "{\"file_id\":\"a\",\"target\":\"s3\",\"surprise\":1}",
        "{\"file_id\":\"a\",\"target\":\"s3\",\"principal_roles\":\"system\"}",
        "{\"file_id\":\"a\",\"target\":\"s3\",\"principal_roles\":[1]}",
        "{\"file_id\":\"a\",\"target\":\"s3\",\"principal_roles\":[\"no spaces\"]}",
        "{\"file_id\":\"\\u0000\",\"target\":\"s3\"}",
        "{\"file_id\":\"\\ud800\",\"target\":\"s3\"}",
        "{\"file_id\":\"\",\"target\":\"\"}",
        "\ufeff{}"
      })
  void aBodyThatIsNotWhatItShouldBeIsRefused(String body) {
    refused(gateway.post("/move", body), 400, "INVALID_REQUEST");
  }

  @Test
  void everyFieldAtFaultIsNamed() {
    HttpResponse<byte[]> response =
        gateway.post(
            "/moves",
            "{\"selector\":{\"min_bytes\":-1,\"odd\":1},\"dry_run\":\"yes\",\"priority\":11}");

    refused(response, 400, "INVALID_REQUEST");
    assertThat(json(response).path("errors").findValuesAsText("field"))
        .contains(
            "selector.min_bytes", "selector.odd", "selector", "target", "dry_run", "priority");
  }

  @Test
  void deepNestingAndLongNumbersAreRefused() {
    String deep = "{\"file_id\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
    refused(gateway.post("/move", deep), 400, "INVALID_REQUEST");
    refused(gateway.post("/move", "{\"a\":" + "9".repeat(50_000) + "}"), 400, "INVALID_REQUEST");
  }

  @Test
  void aBodyOverTheLimitIsRefused() {
    refused(gateway.post("/move", " ".repeat(70_000)), 413, "TOO_LARGE");
    refused(
        gateway.send(
            gateway
                .request("/move")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[200_000])))),
        413,
        "TOO_LARGE");
  }

  @Test
  void anotherMediaTypeIsRefused() {
    refused(
        gateway.send(
            gateway
                .request("/move")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
    refused(
        gateway.put("/files/e/content", new byte[1], "Content-Encoding", "gzip"),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE|/health|GET, HEAD",
        "POST|/files|GET, HEAD",
        "GET|/move|POST",
        "PUT|/files/a/b|GET, HEAD",
        "POST|/files/a/content|DELETE, GET, HEAD, PUT",
        "GET|/replicas/a/s3|DELETE, POST",
        "PATCH|/events|GET, HEAD",
        "OPTIONS|/moves|GET, HEAD, POST"
      })
  void aMethodThatAPathDoesNotHaveIsRefusedWithThoseItHas(
      String method, String path, String allowed) {
    HttpResponse<byte[]> response =
        gateway.send(gateway.request(path).method(method, BodyPublishers.noBody()));

    refused(response, 405, "METHOD_NOT_ALLOWED");
    assertThat(response.headers().firstValue("Allow")).hasValue(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nowhere",
        "/files2",
        "/health/x",
        "/rule",
        "/ingest_events",
        "/moves/jobs/x/y/z"
      })
  void anUnknownPathIsRefused(String path) {
    refused(gateway.get(path), 404, "UNKNOWN_PATH");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files?limit=0",
        "/files?limit=1001",
        "/files?limit=x",
        "/files?sort=colour",
        "/files?location=mars",
        "/files?wat=1",
        "/files?limit=1&limit=2",
        "/files?q=%zz",
        "/moves?state=flying",
        "/moves?job_id=1",
        "/audit?from=yesterday",
        "/events?topics=gossip",
        "/health/../files/%zz?x"
      })
  void aQueryThatIsWrongIsRefused(String path) throws IOException {
    assertThat(gateway.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .matches("(?s)HTTP/1.1 40[04] .*application/problem\\+json.*");
  }

  @Test
  void aHarmlessRequestIdIsKeptAndAnyOtherReplaced() {
    assertThat(
            gateway
                .send(gateway.request("/health").header("X-Request-Id", "my-trace.1"))
                .headers()
                .firstValue("X-Request-Id"))
        .hasValue("my-trace.1");
    assertThat(
            gateway
                .send(gateway.request("/health").header("X-Request-Id", "bad id!"))
                .headers()
                .firstValue("X-Request-Id")
                .orElseThrow())
        .matches("[0-9a-f-]{36}");
  }

  @Test
  void whatAnotherSitesPageSendsIsRefused() {
    refused(
        gateway.send(
            gateway
                .request("/seed")
                .header("Sec-Fetch-Site", "cross-site")
                .POST(BodyPublishers.noBody())),
        403,
        "FORBIDDEN");
  }

  @Test
  void aStoreThatIsAwayIsA503WithRetryAfter() {
    gateway.catalog.away(true);
    try {
      HttpResponse<byte[]> response = gateway.get("/files/a");
      refused(response, 503, "CATALOG_DOWN");
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
      assertThat(gateway.put("/files/a/content", new byte[3]).statusCode()).isEqualTo(503);
    } finally {
      gateway.catalog.away(false);
    }
  }
}
