package io.movingdata.e2e.outage;

import io.movingdata.e2e.Contents;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.Api.Answer;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Clients that upload, read and move files, each one request after another, and note what they were
 * told: what was acknowledged must be there for ever.
 */
final class Traffic implements AutoCloseable {
  private static final int CLIENTS = 3;
  private static final int LARGE_EVERY = 8;
  private static final int LARGE = 9_000_000;
  private static final int SMALL = 20_000;

  private final Api api;
  private final String prefix;
  private final List<String> targets;
  private final Map<String, byte[]> acknowledged = new ConcurrentHashMap<>();
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger uploads = new AtomicInteger();
  private CompletableFuture<Void> running;
  private volatile boolean stopped;

  /**
   * One answer.
   *
   * @param code of the problem, empty where there is none
   * @param retryAfter the header, empty where it is absent
   * @param ms how long it took
   */
  record Told(String request, int status, String code, String retryAfter, long ms) {}

  /** Clients of one node that move files to each of the targets in turn. */
  Traffic(Api api, String prefix, List<String> targets) {
    this.api = api;
    this.prefix = prefix;
    this.targets = targets;
  }

  Traffic start() {
    Executor threads = task -> new Thread(task, "traffic").start();
    running =
        CompletableFuture.allOf(
            IntStream.range(0, CLIENTS)
                .mapToObj(client -> CompletableFuture.runAsync(this::run, threads))
                .toArray(CompletableFuture[]::new));
    return this;
  }

  /** The API that they use. */
  Api api() {
    return api;
  }

  /** Answers so far. */
  List<Told> told() {
    return List.copyOf(told);
  }

  /** Answers but the first so many. */
  List<Told> told(int known) {
    List<Told> all = told();
    return all.subList(known, all.size());
  }

  /** Contents of the files whose upload was acknowledged. */
  Map<String, byte[]> acknowledged() {
    return acknowledged;
  }

  private void run() {
    while (!stopped) {
      int n = uploads.getAndIncrement();
      String id = prefix + n;
      byte[] content = Contents.bytes(n % LARGE_EVERY == 3 ? LARGE : SMALL + n, n);
      if (upload(id, content)) {
        acknowledged.put(id, content);
      }
      List<String> known = new ArrayList<>(acknowledged.keySet());
      if (!known.isEmpty()) {
        String one = known.get(n % known.size());
        read(one);
        move(one, targets.get(n % targets.size()));
      }
      pause();
    }
  }

  /** Clients take a while to think, also those that were refused. */
  private static void pause() {
    new CompletableFuture<Void>().completeOnTimeout(null, 200, TimeUnit.MILLISECONDS).join();
  }

  private boolean upload(String id, byte[] content) {
    long begun = System.nanoTime();
    Answer answer = api.upload(id, content);
    note("upload " + id, begun, answer.status(), answer.headers(), answer.body());
    return answer.status() == 200 || answer.status() == 201;
  }

  private void read(String id) {
    long begun = System.nanoTime();
    try {
      HttpResponse<byte[]> answer = api.download(id);
      boolean whole = answer.statusCode() == 200;
      String body = whole ? "" : new String(answer.body(), StandardCharsets.UTF_8);
      if (whole && !Arrays.equals(answer.body(), acknowledged.get(id))) {
        throw new AssertionError("wrong bytes of " + id);
      }
      note("read " + id, begun, answer.statusCode(), answer.headers(), body);
    } catch (UncheckedIOException cut) {
      // A download whose copy fails on the way is cut off, never ended.
      told.add(new Told("read " + id, 0, "", "", elapsed(begun)));
    }
  }

  private void move(String id, String target) {
    long begun = System.nanoTime();
    JsonObject move = new JsonObject().put("file_id", id).put("target", target);
    Answer answer = api.post("/move", move, "Prefer", "respond-async");
    note("move " + id, begun, answer.status(), answer.headers(), answer.body());
  }

  private void note(String request, long begun, int status, HttpHeaders headers, String body) {
    String code = status >= 400 ? new JsonObject(body).getString("code") : "";
    String retryAfter = headers.firstValue("Retry-After").orElse("");
    told.add(new Told(request, status, code, retryAfter, elapsed(begun)));
  }

  private static long elapsed(long begun) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  /** Stops after the request in hand; fails where a read brought wrong bytes. */
  @Override
  public void close() {
    stopped = true;
    running.join();
  }
}
