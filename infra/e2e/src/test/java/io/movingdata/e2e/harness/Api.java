package io.movingdata.e2e.harness;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/** The API as a client sees it. */
public final class Api {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final Duration LARGE_BODY_TIMEOUT = Duration.ofHours(1);

  private final URI base;

  /** An API at an address. */
  public Api(URI base) {
    this.base = base;
  }

  /** The address of the API. */
  public URI base() {
    return base;
  }

  /** An answer with its body as text. */
  public record Answer(int status, String body, HttpHeaders headers) {
    /** The body as an object. */
    public JsonObject json() {
      return new JsonObject(body);
    }

    /** The body as an array. */
    public JsonArray array() {
      return new JsonArray(body);
    }

    /** One header, empty where it is absent. */
    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  /** A request of any kind. */
  public Answer call(String method, String path, BodyPublisher body, String... headers) {
    return call(method, path, body, TIMEOUT, headers);
  }

  private Answer call(
      String method, String path, BodyPublisher body, Duration timeout, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response = send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body(), response.headers());
  }

  private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return CLIENT.send(request, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A GET. */
  public Answer get(String path, String... headers) {
    return call("GET", path, BodyPublishers.noBody(), headers);
  }

  /** A POST of JSON. */
  public Answer post(String path, JsonObject body, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/json";
    return call("POST", path, BodyPublishers.ofString(body.encode()), all);
  }

  /** Uploads content. */
  public Answer upload(String fileId, byte[] content, String... headers) {
    return call("PUT", content(fileId), BodyPublishers.ofByteArray(content), headers);
  }

  /** Uploads content of any size from a stream of a known length. */
  public Answer upload(String fileId, Supplier<InputStream> content, long length) {
    BodyPublisher stream = BodyPublishers.ofInputStream(content);
    return call("PUT", content(fileId), BodyPublishers.fromPublisher(stream, length));
  }

  /** Uploads content of any size to a location. */
  public Answer uploadTo(
      String location, String fileId, Supplier<InputStream> content, long length) {
    BodyPublisher stream = BodyPublishers.ofInputStream(content);
    return call(
        "PUT",
        content(fileId) + "?location=" + location,
        BodyPublishers.fromPublisher(stream, length),
        LARGE_BODY_TIMEOUT);
  }

  /** Downloads content. */
  public HttpResponse<byte[]> download(String fileId, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + content(fileId))).timeout(TIMEOUT);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build(), BodyHandlers.ofByteArray());
  }

  /** Downloads content as a stream. */
  public HttpResponse<InputStream> stream(String fileId) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + content(fileId))).timeout(TIMEOUT).build();
    return send(request, BodyHandlers.ofInputStream());
  }

  /** Moves a file and waits for the answer. */
  public Answer move(String fileId, String target) {
    return post(
        "/move",
        new JsonObject().put("file_id", fileId).put("target", target),
        "Prefer",
        "wait=120");
  }

  /** Moves a file, however long it takes; fails where it does not get there. */
  public void moveToEnd(String fileId, String target) {
    Answer answer = move(fileId, target);
    while (answer.status() == 202) {
      answer = move(fileId, target);
    }
    if (answer.status() != 200) {
      throw new AssertionError("POST /move of " + fileId + " to " + target + ": " + answer);
    }
  }

  /** One file's document. */
  public JsonObject file(String fileId) {
    Answer answer = get("/files/" + encode(fileId));
    if (answer.status() != 200) {
      throw new AssertionError("GET /files/" + fileId + ": " + answer);
    }
    return answer.json();
  }

  /** The path of a file's content. */
  public static String content(String fileId) {
    return "/files/" + encode(fileId) + "/content";
  }

  /** Percent-encodes an id as one path segment. */
  public static String encode(String fileId) {
    return URLEncoder.encode(fileId, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
