package io.movingdata.e2e.crash;

import io.movingdata.core.judge.ClientOperation;
import io.movingdata.core.judge.Outcome;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.Api.Answer;
import io.movingdata.e2e.harness.ClientHistory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/** Clients of a cell: what they asked for and what they were told is written down. */
final class Client {
  private final ClientHistory history = new ClientHistory();

  /** Everything that was done to a file by its name, in the order of the answers. */
  List<ClientOperation> history() {
    return history.operations();
  }

  /** Stores content at a location. */
  Outcome write(Api api, String fileId, byte[] content, String location) {
    return history.write(api, fileId, content, location);
  }

  /** Deletes a file. */
  Outcome delete(Api api, String fileId) {
    return history.delete(api, fileId);
  }

  /** Asks for a move; does not wait for it. */
  Outcome move(Api api, String fileId, String target) {
    return history.move(api, fileId, target, "Prefer", "respond-async");
  }

  /** Reads a file's content; what was found is in the history. */
  Outcome read(Api api, String fileId) {
    return history.read(api, fileId);
  }

  /** Asks for one more copy; does not wait for it. */
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

  private static Outcome outcome(Supplier<Answer> request) {
    try {
      return ClientHistory.outcome(request.get().status());
    } catch (UncheckedIOException broken) {
      return Outcome.UNKNOWN;
    }
  }
}
