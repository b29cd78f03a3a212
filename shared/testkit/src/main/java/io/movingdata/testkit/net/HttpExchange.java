package io.movingdata.testkit.net;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One request on its way through an {@link HttpFaultProxy}, in the hands of a fault. */
public final class HttpExchange {
  private final Vertx vertx;
  private final ProxyContext context;
  private final Supplier<Future<HttpClientConnection>> server;
  private final ExchangeLog log;
  private final ExchangeLog.Entry entry;
  private final HttpServerRequest arrived;
  private final RequestHead head;
  private final MultiMap headers;
  private final List<HttpClientConnection> connections = new ArrayList<>();
  private final List<AsyncFile> reading = new ArrayList<>();
  private String keptBody;

  HttpExchange(
      Vertx vertx,
      ProxyContext context,
      Supplier<Future<HttpClientConnection>> server,
      ExchangeLog log,
      RequestHead head,
      String fault) {
    this.vertx = vertx;
    this.context = context;
    this.server = server;
    this.log = log;
    this.head = head;
    this.entry = log.begin(head, fault);
    ProxyRequest request = context.request();
    this.arrived = request.proxiedRequest();
    request.headers().remove(HttpHeaders.EXPECT);
    request.setAuthority(arrived.authority());
    this.headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
  }

  /** What is asked. */
  public RequestHead head() {
    return head;
  }

  /** The proxy's Vert.x, for timers. */
  public Vertx vertx() {
    return vertx;
  }

  /** Passes the request on to the server. The answer's body waits. */
  public Future<ProxyResponse> forward() {
    alterBody(counting(entry));
    return context
        .sendRequest()
        .map(
            answer -> {
              entry.answered(answer.getStatusCode());
              return answer;
            });
  }

  /** Changes the request's body piece by piece while it passes. */
  public void alterBody(BodyChange change) {
    ProxyRequest request = context.request();
    request.setBody(tapped(request.getBody(), change));
  }

  /** Changes an answer's body piece by piece while it passes. */
  public static ProxyResponse alterBody(ProxyResponse answer, BodyChange change) {
    return answer.getBody() == null ? answer : answer.setBody(tapped(answer.getBody(), change));
  }

  /** An answer that the server did not give. */
  public ProxyResponse answer(int status, Map<String, String> headers, Buffer body) {
    ProxyResponse answer = context.request().release().response().setStatusCode(status);
    headers.forEach(answer::putHeader);
    boolean headOnly = head.method().equals("HEAD");
    return headOnly
        ? answer.setBody(null)
        : answer.setBody(Body.body(body)).putHeader(HttpHeaders.CONTENT_LENGTH, length(body));
  }

  /** Takes an answer whole and throws it away. */
  public static Future<Void> drained(ProxyResponse answer) {
    return drained(answer.proxiedResponse());
  }

  /** Ends the client's connection without an answer, or in the middle of one. */
  public <T> Future<T> hangUp() {
    arrived.connection().close();
    ended();
    return Future.failedFuture("the proxy hung up");
  }

  /** As {@link #hangUp}, with an RST. */
  public <T> Future<T> reset() {
    Resets.reset(arrived.connection());
    ended();
    return Future.failedFuture("the proxy reset the connection");
  }

  /** After a wait. */
  public Future<Void> later(long milliseconds) {
    return vertx.timer(milliseconds, TimeUnit.MILLISECONDS).mapEmpty();
  }

  /** Lets the whole body arrive first, in a file, so that it can be sent more than once. */
  public Future<Void> keepBody() {
    if (!hasBody()) {
      return Future.succeededFuture();
    }
    Body body = context.request().getBody();
    return vertx
        .fileSystem()
        .createTempFile("exchange-", ".body")
        .onSuccess(name -> keptBody = name)
        .compose(name -> vertx.fileSystem().open(name, new OpenOptions()))
        .compose(file -> body.stream().pipeTo(file))
        .compose(v -> opened())
        .onSuccess(
            file -> context.request().setBody(Body.body(file, body.length(), body.mediaType())))
        .mapEmpty();
  }

  /** The end of {@link #keepBody}. */
  public Future<Void> forgetBody() {
    reading.forEach(AsyncFile::close);
    return keptBody == null ? Future.succeededFuture() : vertx.fileSystem().delete(keptBody);
  }

  /** Sends the request by itself, with the body that was kept; what is answered goes nowhere. */
  public Future<Void> sendCopy() {
    ExchangeLog.Entry copy = log.begin(head, "copy");
    return connect()
        .compose(
            request -> {
              request.setMethod(arrived.method()).setURI(arrived.uri());
              request.headers().addAll(headers);
              return keptBody == null
                  ? request.send()
                  : opened().compose(file -> request.send(new BodyTap(file, counting(copy))));
            })
        .onSuccess(answer -> copy.answered(answer.statusCode()))
        .compose(HttpExchange::drained)
        .onComplete(
            done -> {
              copy.ended();
              disconnect();
            });
  }

  /** A request to the server, on a connection of its own. */
  Future<HttpClientRequest> connect() {
    return server
        .get()
        .onSuccess(connections::add)
        .compose(connection -> connection.request(new RequestOptions()));
  }

  private void ended() {
    entry.ended();
    disconnect();
  }

  private void disconnect() {
    connections.forEach(HttpClientConnection::close);
    connections.clear();
  }

  /** Sends the answer; the exchange is over then. */
  Future<Void> finish() {
    ProxyResponse answer = context.response();
    answer.headers().remove(HttpHeaders.CONNECTION).remove(HttpHeaders.KEEP_ALIVE);
    Body body = answer.getBody();
    if (body != null) {
      BodyTap counted =
          new BodyTap(
              body.stream(),
              bytes -> {
                entry.received(bytes.length());
                return bytes;
              });
      answer.setBody(Body.body(counted, length(answer), body.mediaType()));
    }
    return context.sendResponse().onComplete(done -> ended());
  }

  private boolean hasBody() {
    String length = arrived.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null
        ? arrived.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        : !length.equals("0");
  }

  private Future<AsyncFile> opened() {
    return vertx.fileSystem().open(keptBody, new OpenOptions()).onSuccess(reading::add);
  }

  private static BodyChange counting(ExchangeLog.Entry entry) {
    return bytes -> {
      entry.sent(bytes.length());
      return bytes;
    };
  }

  private static Body tapped(Body body, BodyChange change) {
    return Body.body(new BodyTap(body.stream(), change), body.length(), body.mediaType());
  }

  private static Future<Void> drained(HttpClientResponse answer) {
    return answer.resume().end();
  }

  private static String length(Buffer body) {
    return Integer.toString(body.length());
  }

  /** As the headers say, which a fault may have changed; -1 where they do not. */
  private static long length(ProxyResponse answer) {
    String length = answer.headers().get(HttpHeaders.CONTENT_LENGTH);
    return length == null ? -1 : Long.parseLong(length);
  }
}
