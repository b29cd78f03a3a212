package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.Api.Answer;
import io.movingdata.e2e.harness.LocalSystem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many callers at once, and callers who may not. */
class ConcurrencyIT {
  private static LocalSystem system;
  private static Api first;
  private static Api second;

  @BeforeAll
  static void start() {
    system = LocalSystem.create("many");
    first = system.clustered("a").api();
    second = system.clustered("b").api();
    assertThat(first.post("/seed", new JsonObject()).status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  private static List<Answer> atOnce(int count, IntFunction<Answer> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        calls.add(threads.submit(() -> call.apply(number)));
      }
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> waiting : calls) {
        answers.add(waiting.get());
      }
      return answers;
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static JsonArray movesOf(String id) {
    return first.get("/moves?file_id=" + Api.encode(id)).array();
  }

  @Test
  void fiftyIdenticalMovesAreOne() throws Exception {
    String id = "identical.bin";
    byte[] content = Contents.bytes(30_000_000, 50);
    first.upload(id, content);
    List<Answer> answers = atOnce(50, i -> (i % 2 == 0 ? first : second).move(id, "azure"));
    assertThat(answers).allSatisfy(a -> assertThat(a.status()).as(a.body()).isEqualTo(200));
    assertThat(answers.stream().map(a -> a.json().getString("move_id")).distinct()).hasSize(1);
    assertThat(answers).allMatch(a -> a.json().getBoolean("moved"));
    assertThat(movesOf(id)).hasSize(1);
    assertThat(first.download(id).body()).isEqualTo(content);
  }

  @Test
  void ofTwoConflictingMovesOneWinsAndTheOtherIsRefused() throws Exception {
    String id = "conflict.bin";
    byte[] content = Contents.bytes(40_000_000, 51);
    first.upload(id, content);
    List<Answer> answers =
        atOnce(2, i -> i == 0 ? first.move(id, "azure") : second.move(id, "gcs"));
    assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(200, 409);
    String winner = answers.get(0).status() == 200 ? "azure" : "gcs";
    assertThat(first.file(id).getString("current_location")).isEqualTo(winner);
    assertThat(first.download(id).body()).isEqualTo(content);
  }

  @Test
  void aMoveToItsOwnLocationChangesNothing() {
    String id = "home.bin";
    byte[] content = Contents.bytes(1000, 52);
    first.upload(id, content);
    JsonObject before = first.file(id);
    Answer answer = first.move(id, "s3");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getBoolean("moved")).isFalse();
    assertThat(first.file(id).getInteger("version")).isEqualTo(before.getInteger("version"));
    assertThat(first.file(id).getJsonArray("replicas")).isEqualTo(before.getJsonArray("replicas"));
    assertThat(movesOf(id)).isEmpty();
    assertThat(first.download(id).body()).isEqualTo(content);
  }

  @Test
  void aHundredMovesToAndFroLeaveOneCopy() {
    String id = "to-and-fro";
    byte[] content = Contents.bytes(5000, 57);
    first.upload(id, content);
    for (int i = 0; i < 100; i++) {
      Api api = i % 3 == 0 ? second : first;
      Answer moved = api.move(id, i % 2 == 0 ? "azure" : "s3");
      assertThat(moved.status()).as(moved.body()).isEqualTo(200);
      assertThat(moved.json().getBoolean("moved")).isTrue();
    }
    assertThat(first.download(id).body()).isEqualTo(content);
    await("the copies that were left are collected")
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .untilAsserted(() -> assertThat(copiesAtS3(id)).isEqualTo(1));
    assertThat(second.download(id).body()).isEqualTo(content);
  }

  private static long copiesAtS3(String id) {
    return system.storedAt("s3").stream()
        .filter(file -> file.getFileName().toString().startsWith(id + "."))
        .count();
  }

  @Test
  void aRoleThatEitherEndDoesNotAllowIsRefused() {
    String id = "roles.bin";
    first.upload(id, Contents.bytes(1000, 53));
    assertThat(moveAs(id, "azure", "analytics").status()).as("not at azure").isEqualTo(403);
    assertThat(moveAs(id, "gcs", "compliance").status()).as("not at s3").isEqualTo(403);
    assertThat(moveAs(id, "gcs", "analytics").status()).as("at both").isEqualTo(200);
    assertThat(first.download(id, "X-Principal-Roles", "operations").statusCode()).isEqualTo(403);
    await("the refusals are in the audit trail")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(first.get("/audit?decision=denied&file_id=" + id).array().size())
                    .isGreaterThanOrEqualTo(3));
  }

  private static Answer moveAs(String id, String target, String role) {
    JsonObject request =
        new JsonObject()
            .put("file_id", id)
            .put("target", target)
            .put("principal_roles", new JsonArray().add(role));
    return first.post("/move", request);
  }

  @Test
  void overwritingDuringAMoveKeepsTheNewContent() throws Exception {
    String id = "overwritten.bin";
    first.upload(id, Contents.bytes(60_000_000, 54));
    byte[] content = Contents.bytes(5000, 55);
    List<Answer> answers =
        atOnce(2, i -> i == 0 ? first.move(id, "azure") : second.upload(id, content));
    assertThat(answers.get(1).status()).as(answers.get(1).body()).isIn(200, 201);
    assertThat(first.download(id).body()).isEqualTo(content);
  }

  @Test
  void theSameIdempotencyKeyGetsTheFirstAnswer() {
    String id = "once.bin";
    first.upload(id, Contents.bytes(1000, 56));
    JsonObject request = new JsonObject().put("file_id", id).put("target", "azure");
    Answer one = first.post("/move", request, "Idempotency-Key", "key-1");
    Answer two = second.post("/move", request, "Idempotency-Key", "key-1");
    assertThat(two.json()).isEqualTo(one.json());
    Answer other =
        first.post("/move", request.copy().put("target", "gcs"), "Idempotency-Key", "key-1");
    assertThat(other.status()).isEqualTo(422);
  }
}
