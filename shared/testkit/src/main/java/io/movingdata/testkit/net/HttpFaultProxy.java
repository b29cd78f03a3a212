package io.movingdata.testkit.net;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;
import java.util.List;

/**
 * An HTTP proxy in front of a provider that loses, repeats, forges and damages requests and answers
 * by a plan, and keeps a log of everything that passed. Bodies are streamed. Host and path stay as
 * they were sent, so that signatures hold.
 */
public final class HttpFaultProxy {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int HEADERS = 64 * 1024;

  private final Vertx vertx;
  private final URI target;
  private final HttpServer server;
  private final HttpClientAgent client;
  private final ExchangeLog log = new ExchangeLog();
  private FaultPlan plan = FaultPlan.NONE;

  private HttpFaultProxy(Vertx vertx, URI target) {
    this.vertx = vertx;
    this.target = target;
    HttpClientOptions toServer = new HttpClientOptions().setMaxHeaderSize(HEADERS);
    this.client = vertx.httpClientBuilder().with(toServer).build();
    HttpServerOptions options =
        new HttpServerOptions().setHandle100ContinueAutomatically(true).setMaxHeaderSize(HEADERS);
    HttpProxy proxy =
        HttpProxy.reverseProxy(client)
            .origin(context -> exchangeOf(context).connect())
            .addInterceptor(new Faults());
    this.server = vertx.createHttpServer(options).requestHandler(proxy);
  }

  /** A proxy on a free port in front of a server's endpoint. */
  public static Future<HttpFaultProxy> inFrontOf(Vertx vertx, URI endpoint) {
    HttpFaultProxy proxy = new HttpFaultProxy(vertx, endpoint);
    return proxy.server.listen(0, LOOPBACK).map(listening -> proxy);
  }

  /** The endpoint to use in place of the server's own. */
  public URI endpoint() {
    return URI.create(target.getScheme() + "://" + LOOPBACK + ":" + port() + target.getRawPath());
  }

  /** The proxy's port. */
  public int port() {
    return server.actualPort();
  }

  /** Sets what befalls the requests that arrive from now on. */
  public synchronized void plan(FaultPlan faults) {
    plan = faults;
  }

  /** Befalls requests beside what was planned already; where both would, the later one does. */
  public synchronized void add(FaultPlan faults) {
    plan = faults.or(plan);
  }

  /** No faults any more. */
  public void heal() {
    plan(FaultPlan.NONE);
  }

  /** Everything that went through so far, in the order of arrival. */
  public List<LoggedExchange> log() {
    return log.all();
  }

  /** Bytes of bodies that passed so far. */
  public long passed(Direction direction) {
    return log().stream()
        .mapToLong(e -> direction == Direction.UP ? e.bodyBytes() : e.answerBytes())
        .sum();
  }

  /** Stops listening and ends every connection. */
  public Future<Void> close() {
    return server.close().eventually(client::close);
  }

  private synchronized FaultPlan plan() {
    return plan;
  }

  /**
   * A connection for one exchange. One from a pool would go back there, or be closed, when the end
   * of an answer has arrived, also where a slow client has not yet taken it.
   */
  private Future<HttpClientConnection> connect() {
    HttpConnectOptions there =
        new HttpConnectOptions().setHost(target.getHost()).setPort(target.getPort());
    return client.connect(there);
  }

  private static HttpExchange exchangeOf(ProxyContext context) {
    return context.get(HttpExchange.class.getName(), HttpExchange.class);
  }

  /** Puts each exchange into the hands of its fault. */
  private final class Faults implements ProxyInterceptor {
    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
      RequestHead head =
          new RequestHead(context.request().getMethod().name(), context.request().getURI());
      HttpFault fault = plan().faultOf(head).orElse(HttpFaults.NONE);
      HttpExchange exchange =
          new HttpExchange(vertx, context, HttpFaultProxy.this::connect, log, head, fault.name());
      context.set(HttpExchange.class.getName(), exchange);
      return fault.effect().apply(exchange).recover(failure -> unanswered(exchange));
    }

    /** A network has no words of its own: where the server gives no answer, there is none. */
    private Future<ProxyResponse> unanswered(HttpExchange exchange) {
      exchange.hangUp();
      return Promise.<ProxyResponse>promise().future();
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
      return exchangeOf(context).finish();
    }
  }
}
