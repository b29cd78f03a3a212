package io.movingdata.storage.s3;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An HTTP server that records every request and answers what a test tells it to, lies included. */
final class ScriptedServer {
  private static final long DRIBBLE_MS = 20;

  private final Vertx vertx;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile Function<Seen, Answer> script = request -> Answer.status(500);

  private ScriptedServer(Vertx vertx) {
    this.vertx = vertx;
    HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
    server = vertx.createHttpServer(options).requestHandler(this::handle);
  }

  static Future<ScriptedServer> start(Vertx vertx) {
    ScriptedServer scripted = new ScriptedServer(vertx);
    return scripted.server.listen().map(scripted);
  }

  int port() {
    return server.actualPort();
  }

  String endpoint() {
    return "http://127.0.0.1:" + port();
  }

  /** Decides every answer from now on. */
  void script(Function<Seen, Answer> answers) {
    script = answers;
  }

  /** Answers these in turn; the last again and again. */
  void script(Answer... answers) {
    AtomicInteger next = new AtomicInteger();
    script = request -> answers[Math.min(next.getAndIncrement(), answers.length - 1)];
  }

  List<Seen> seen() {
    return seen;
  }

  private void handle(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              Seen recorded =
                  new Seen(request.method().name(), request.uri(), request.headers(), body);
              seen.add(recorded);
              answer(request, script.apply(recorded));
            });
  }

  private void answer(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = request.response();
    if (answer.ending() == Ending.SILENCE) {
      return;
    }
    if (answer.ending() == Ending.DROP) {
      request.connection().close();
      return;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    if (answer.ending() == Ending.WHOLE) {
      response.end(answer.body());
    } else if (answer.ending() == Ending.DRIBBLE) {
      dribble(response);
    } else {
      response
          .write(answer.body())
          .onSuccess(
              written -> {
                if (answer.ending() == Ending.CUT) {
                  request.connection().close();
                }
              });
    }
  }

  private void dribble(HttpServerResponse response) {
    long timer = vertx.setPeriodic(DRIBBLE_MS, tick -> response.write("x"));
    response.closeHandler(closed -> vertx.cancelTimer(timer));
  }

  /** A request as it came. */
  record Seen(String method, String uri, MultiMap headers, Buffer body) {
    boolean is(String wantedMethod, String uriPart) {
      return method.equals(wantedMethod) && uri.contains(uriPart);
    }
  }

  /** How an answer goes on after its body. */
  enum Ending {
    /** It ends as announced. */
    WHOLE,
    /** The connection is closed. */
    CUT,
    /** Nothing more comes. */
    STALL,
    /** It goes on for ever, a byte at a time. */
    DRIBBLE,
    /** Nothing comes at all. */
    SILENCE,
    /** Nothing comes, and the connection is closed. */
    DROP
  }

  /** What is sent back. */
  record Answer(int status, MultiMap headers, Buffer body, Ending ending) {
    static Answer status(int status) {
      return new Answer(status, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(), Ending.WHOLE);
    }

    static Answer error(int status, String code) {
      return status(status).body("<Error><Code>" + code + "</Code></Error>");
    }

    static Answer drop() {
      return status(200).ending(Ending.DROP);
    }

    static Answer silence() {
      return status(200).ending(Ending.SILENCE);
    }

    Answer header(String name, String value) {
      MultiMap more = MultiMap.caseInsensitiveMultiMap().addAll(headers).add(name, value);
      return new Answer(status, more, body, ending);
    }

    Answer body(String text) {
      return body(Buffer.buffer(text));
    }

    Answer body(Buffer bytes) {
      return new Answer(status, headers, bytes, ending);
    }

    Answer ending(Ending end) {
      return new Answer(status, headers, body, end);
    }
  }
}
