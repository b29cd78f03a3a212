package io.movingdata.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
  private static Routes all() {
    Routes routes = new Routes();
    for (Operation operation : Operation.values()) {
      routes.bind(operation, call -> Future.succeededFuture(Answer.empty(204)));
    }
    return routes;
  }

  private static Routes.Match find(String method, String uri) {
    return all().find(method, RawTarget.parse(uri)).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /files/a/b/content, GET_CONTENT, a/b",
    "GET, /files/a%2Fb/content, GET_CONTENT, a%2Fb",
    "GET, /files/a//b, GET_FILE, a//b",
    "GET, /files/a%2Fcontent, GET_FILE, a%2Fcontent",
    "GET, /files/content, GET_FILE, content",
    "HEAD, /files/x, GET_FILE, x",
    "HEAD, /files/x/content, HEAD_CONTENT, x",
    "POST, /replicas/a/s3, ADD_REPLICAS, a/s3",
    "DELETE, /replicas/a/b/s3, DROP_REPLICA, a/b",
    "GET, /policy/../x, GET_POLICY, ../x"
  })
  void idsWithSlashesFindTheirOperation(
      String method, String uri, Operation operation, String fileId) {
    Routes.Match match = find(method, uri);

    assertThat(match.operation()).isEqualTo(operation);
    assertThat(match.values()).containsEntry("file_id", fileId);
  }

  @Test
  void jobsAreNotMoves() {
    assertThat(find("GET", "/moves/jobs").operation()).isEqualTo(Operation.LIST_JOBS);
    assertThat(find("GET", "/moves/jobs/1").operation()).isEqualTo(Operation.GET_JOB);
    assertThat(find("GET", "/moves/1").values()).isEqualTo(Map.of("move_id", "1"));
  }

  @Test
  void aMethodThatIsMissingStillTellsThoseThatExist() {
    Routes.Match match = find("POST", "/files/a/content");

    assertThat(match.operation()).isNull();
    assertThat(match.allowed()).containsExactlyInAnyOrder("GET", "HEAD", "PUT", "DELETE");
  }

  @Test
  void whatIsNotBoundIsNoPath() {
    assertThat(new Routes().find("GET", RawTarget.parse("/health"))).isEmpty();
    assertThat(all().find("GET", RawTarget.parse("/nowhere"))).isEmpty();
    assertThat(all().find("GET", RawTarget.parse("*"))).isEmpty();
  }
}
