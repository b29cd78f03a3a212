package io.movingdata.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** The node's REST API, as far as it is measured. Thread-safe. */
final class Api {
  private static final int UNAVAILABLE = 503;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  Api(URI base) {
    this.base = base;
  }

  /** Whether the node has its metadata store. */
  boolean ready() {
    return answer(request("/health").GET().build()).path("mongo").path("connected").asBoolean();
  }

  /** Makes the buckets. */
  void seed() {
    post("/seed", BodyPublishers.noBody());
  }

  void upload(String fileId, Path content, String location) {
    try {
      String path = "/files/" + encode(fileId) + "/content?location=" + location;
      answer(request(path).PUT(BodyPublishers.ofFile(content)).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Uploads, and does so again while the node says that it has too much to do. */
  void upload(String fileId, byte[] content, String location) {
    String path = "/files/" + encode(fileId) + "/content?location=" + location;
    HttpRequest request = request(path).PUT(BodyPublishers.ofByteArray(content)).build();
    Awaitility.await(fileId)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> placed(request));
  }

  private boolean placed(HttpRequest request) {
    HttpResponse<byte[]> response = send(request);
    if (response.statusCode() != UNAVAILABLE) {
      checked(request, response);
    }
    return response.statusCode() != UNAVAILABLE;
  }

  /** Begins a pass, {@code light} or {@code deep}, that repairs nothing; its id. */
  String startPass(String kind) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("kind", kind).put("repair", false);
    return post("/consistency/passes", json(body)).path("id").asText();
  }

  JsonNode pass(String passId) {
    return answer(request("/consistency/passes/" + passId).GET().build());
  }

  /** The bucket of a location. */
  String bucket(String location) {
    for (JsonNode each : answer(request("/locations").GET().build())) {
      if (each.path("id").asText().equals(location)) {
        return each.path("bucket").asText();
      }
    }
    throw new IllegalStateException("there is no location " + location);
  }

  /** Starts a bulk move of everything with a prefix; the job's id. */
  String startJob(String prefix, String target) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.putObject("selector").put("prefix", prefix);
    body.put("target", target);
    return post("/moves", json(body)).path("job_id").asText();
  }

  JsonNode job(String jobId) {
    return answer(request("/moves/jobs/" + jobId).GET().build());
  }

  /** Moves one file and waits until it has moved. */
  void move(String fileId, String target) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("file_id", fileId).put("target", target);
    JsonNode moved = post("/move", json(body), "Prefer", "wait=3600");
    if (!moved.path("moved").asBoolean()) {
      throw new IllegalStateException(fileId + " did not move: " + moved);
    }
  }

  private JsonNode post(String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return answer(request.POST(body).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofHours(1));
  }

  private static BodyPublisher json(ObjectNode body) {
    return BodyPublishers.ofString(body.toString());
  }

  private JsonNode answer(HttpRequest request) {
    return checked(request, send(request));
  }

  private static JsonNode checked(HttpRequest request, HttpResponse<byte[]> response) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(
          "%s %s answers %d: %s"
              .formatted(request.method(), request.uri(), response.statusCode(), body));
    }
    try {
      return Json.mapper().readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encode(String fileId) {
    return URLEncoder.encode(fileId, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
