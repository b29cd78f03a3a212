package io.movingdata.e2e.harness;

import io.movingdata.core.judge.ClientOperation;
import io.movingdata.core.judge.OperationKind;
import io.movingdata.core.judge.Outcome;
import io.movingdata.e2e.harness.Api.Answer;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Clients whose calls are written down: what was asked for, what was answered, when. A call without
 * an answer is no failure: what became of it is unknown. Any number of threads may call.
 */
public final class ClientHistory {
  private static final String KEY = "Idempotency-Key";

  private final List<ClientOperation> operations = new CopyOnWriteArrayList<>();

  /** What was done so far, in the order of the answers. */
  public List<ClientOperation> operations() {
    return List.copyOf(operations);
  }

  /** Stores content, where the API decides or at {@code location}. */
  public Outcome write(Api api, String fileId, byte[] content, String location) {
    String where = location == null ? "" : "?location=" + location;
    Call call = new Call(OperationKind.WRITE, fileId, sha256(content), null, null);
    return call.send(
        () -> api.call("PUT", Api.content(fileId) + where, BodyPublishers.ofByteArray(content)));
  }

  /** Deletes a file. */
  public Outcome delete(Api api, String fileId) {
    Call call = new Call(OperationKind.DELETE, fileId, null, null, null);
    return call.send(() -> api.call("DELETE", Api.content(fileId), BodyPublishers.noBody()));
  }

  /** Moves a file; how long to wait, and the idempotency key, are for the headers to say. */
  public Outcome move(Api api, String fileId, String target, String... headers) {
    int key = Arrays.asList(headers).indexOf(KEY);
    Call call =
        new Call(OperationKind.MOVE, fileId, null, target, key < 0 ? null : headers[key + 1]);
    JsonObject request = new JsonObject().put("file_id", fileId).put("target", target);
    return call.send(() -> api.post("/move", request, headers));
  }

  /** Reads a file's whole content; done where it was read, or is not there. */
  public Outcome read(Api api, String fileId) {
    Instant invoked = Instant.now();
    try {
      HttpResponse<byte[]> answer = api.download(fileId);
      boolean found = answer.statusCode() == 200;
      Outcome outcome = found || answer.statusCode() == 404 ? Outcome.OK : Outcome.FAILED;
      String sha256 = found ? sha256(answer.body()) : null;
      return new Call(OperationKind.READ, fileId, sha256, null, null)
          .record(invoked, Instant.now(), outcome, null, Integer.toString(answer.statusCode()));
    } catch (UncheckedIOException broken) {
      return new Call(OperationKind.READ, fileId, null, null, null)
          .record(invoked, null, Outcome.FAILED, null, null);
    }
  }

  /** SHA-256 in lower-case hexadecimal. */
  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private final class Call {
    private final OperationKind kind;
    private final String fileId;
    private final String sha256;
    private final String target;
    private final String idempotencyKey;

    Call(OperationKind kind, String fileId, String sha256, String target, String idempotencyKey) {
      this.kind = kind;
      this.fileId = fileId;
      this.sha256 = sha256;
      this.target = target;
      this.idempotencyKey = idempotencyKey;
    }

    Outcome send(Supplier<Answer> request) {
      Instant invoked = Instant.now();
      try {
        Answer answer = request.get();
        return record(
            invoked,
            Instant.now(),
            outcome(answer.status()),
            kind == OperationKind.MOVE ? moveId(answer) : null,
            answer.status() + " " + answer.body());
      } catch (UncheckedIOException broken) {
        return record(invoked, null, Outcome.UNKNOWN, null, null);
      }
    }

    Outcome record(
        Instant invoked, Instant answered, Outcome outcome, String moveId, String answer) {
      operations.add(
          new ClientOperation(
              kind,
              fileId,
              invoked,
              answered,
              outcome,
              sha256,
              target,
              moveId,
              idempotencyKey,
              answer));
      return outcome;
    }
  }

  private static String moveId(Answer answer) {
    return answer.status() / 100 == 2 ? answer.json().getString("move_id") : null;
  }

  /** What a status says of a request: a server that failed may have done it all the same. */
  public static Outcome outcome(int status) {
    return switch (status / 100) {
      case 2 -> status == 202 ? Outcome.ACCEPTED : Outcome.OK;
      case 4 -> Outcome.FAILED;
      default -> Outcome.UNKNOWN;
    };
  }
}
