package io.movingdata.e2e.crash;

import io.movingdata.core.judge.ClientOperation;
import io.movingdata.core.judge.OperationKind;
import io.movingdata.core.judge.Outcome;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.Api.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/** Clients of a cell: what they asked for and what they were told is written down. */
final class Client {
  private final List<ClientOperation> history = Collections.synchronizedList(new ArrayList<>());

  /** Everything that was done, in the order of the answers. */
  List<ClientOperation> history() {
    synchronized (history) {
      return List.copyOf(history);
    }
  }

  /** Stores content at a location. */
  Outcome write(Api api, String fileId, byte[] content, String location) {
    String path = Api.content(fileId) + "?location=" + location;
    return call(
        OperationKind.WRITE,
        fileId,
        sha256(content),
        null,
        () -> api.call("PUT", path, BodyPublishers.ofByteArray(content)));
  }

  /** Deletes a file. */
  Outcome delete(Api api, String fileId) {
    return call(
        OperationKind.DELETE,
        fileId,
        null,
        null,
        () -> api.call("DELETE", Api.content(fileId), BodyPublishers.noBody()));
  }

  /** Asks for a move; done is told once it is recorded. */
  Outcome move(Api api, String fileId, String target) {
    JsonObject request = new JsonObject().put("file_id", fileId).put("target", target);
    return call(
        OperationKind.MOVE,
        fileId,
        null,
        target,
        () -> api.post("/move", request, "Prefer", "respond-async"));
  }

  /** Asks for one more copy; done is told once it is recorded. */
  Outcome copy(Api api, String fileId, String target) {
    JsonObject request = new JsonObject().put("targets", new JsonArray().add(target));
    String path = "/replicas/" + Api.encode(fileId);
    return outcome(() -> api.post(path, request, "Prefer", "respond-async"));
  }

  /** Asks for a job that moves all files with a prefix. */
  Outcome moveAll(Api api, String prefix, String target) {
    JsonObject request =
        new JsonObject()
            .put("selector", new JsonObject().put("prefix", prefix))
            .put("target", target);
    return outcome(() -> api.post("/moves", request));
  }

  /** Cancels the move of a file that is running. */
  Outcome cancel(Api api, String fileId) {
    return outcome(
        () -> {
          String moves = "/moves?limit=1&file_id=" + Api.encode(fileId);
          String move = api.get(moves).array().getJsonObject(0).getString("move_id");
          return api.post("/moves/" + move + "/cancel", new JsonObject());
        });
  }

  /** Reads a file's content; what was found is in the history. */
  Outcome read(Api api, String fileId) {
    Instant invoked = Instant.now();
    try {
      HttpResponse<byte[]> answer = api.download(fileId);
      boolean found = answer.statusCode() == 200;
      boolean known = found || answer.statusCode() == 404;
      Outcome outcome = known ? Outcome.OK : Outcome.FAILED;
      String sha256 = found ? sha256(answer.body()) : null;
      record(OperationKind.READ, fileId, invoked, Instant.now(), outcome, sha256, null, null, null);
      return outcome;
    } catch (UncheckedIOException broken) {
      record(OperationKind.READ, fileId, invoked, null, Outcome.UNKNOWN, null, null, null, null);
      return Outcome.UNKNOWN;
    }
  }

  private Outcome call(
      OperationKind kind, String fileId, String sha256, String target, Supplier<Answer> request) {
    Instant invoked = Instant.now();
    try {
      Answer answer = request.get();
      Outcome outcome = outcome(answer);
      String location = answer.header("Location");
      String moveId = location.startsWith("/moves/") ? location.substring(7) : null;
      record(
          kind,
          fileId,
          invoked,
          Instant.now(),
          outcome,
          sha256,
          target,
          moveId,
          answer.status() + " " + answer.body());
      return outcome;
    } catch (UncheckedIOException broken) {
      record(kind, fileId, invoked, null, Outcome.UNKNOWN, sha256, target, null, null);
      return Outcome.UNKNOWN;
    }
  }

  private static Outcome outcome(Supplier<Answer> request) {
    try {
      return outcome(request.get());
    } catch (UncheckedIOException broken) {
      return Outcome.UNKNOWN;
    }
  }

  /** A server that says that it failed may have done it all the same. */
  private static Outcome outcome(Answer answer) {
    int family = answer.status() / 100;
    return family == 2 ? Outcome.OK : family == 4 ? Outcome.FAILED : Outcome.UNKNOWN;
  }

  private void record(
      OperationKind kind,
      String fileId,
      Instant invoked,
      Instant answered,
      Outcome outcome,
      String sha256,
      String target,
      String moveId,
      String answer) {
    history.add(
        new ClientOperation(
            kind, fileId, invoked, answered, outcome, sha256, target, moveId, null, answer));
  }

  /** SHA-256 in lower-case hexadecimal. */
  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
