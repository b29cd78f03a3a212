package io.movingdata.testkit.net;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.httpproxy.ProxyResponse;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The faults of an {@link HttpFaultProxy}. */
public final class HttpFaults {
  /** Everything passes as it is. */
  public static final HttpFault NONE = new HttpFault("none", HttpExchange::forward);

  private HttpFaults() {}

  /** The server does what is asked; its answer never arrives. */
  public static HttpFault lostResponse() {
    return new HttpFault(
        "lost response",
        exchange ->
            exchange.forward().compose(HttpExchange::drained).compose(v -> exchange.hangUp()));
  }

  /** The request never arrives. */
  public static HttpFault lostRequest() {
    return new HttpFault("lost request", HttpExchange::hangUp);
  }

  /** Nothing is ever answered, and the server is not asked. */
  public static HttpFault silence() {
    return new HttpFault("silence", exchange -> Promise.<ProxyResponse>promise().future());
  }

  /** The server gets the request twice; its second answer is given. */
  public static HttpFault duplicated() {
    return new HttpFault(
        "duplicated",
        exchange ->
            exchange
                .keepBody()
                .compose(v -> exchange.sendCopy())
                .compose(v -> exchange.forward())
                .eventually(exchange::forgetBody));
  }

  /** The server's first answer is given; after a wait it gets the request once more. */
  public static HttpFault duplicatedLater(long milliseconds) {
    return new HttpFault(
        "duplicated later",
        exchange ->
            exchange
                .keepBody()
                .compose(v -> exchange.forward())
                .onComplete(
                    answered ->
                        exchange
                            .later(milliseconds)
                            .compose(v -> exchange.sendCopy())
                            .eventually(exchange::forgetBody)));
  }

  /** The server is not asked; this is answered. */
  public static HttpFault answered(int status, Map<String, String> headers, String body) {
    return new HttpFault(
        "answered " + status,
        exchange -> Future.succeededFuture(exchange.answer(status, headers, Buffer.buffer(body))));
  }

  /** The server does what is asked; this is answered in place of what it said. */
  public static HttpFault answeredAfter(int status, Map<String, String> headers, String body) {
    return new HttpFault(
        "done, answered " + status,
        exchange ->
            exchange
                .forward()
                .compose(HttpExchange::drained)
                .map(v -> exchange.answer(status, headers, Buffer.buffer(body))));
  }

  /** One header of the answer is another; it is left out where the value is null. */
  public static HttpFault header(String name, UnaryOperator<String> value) {
    return onAnswer(
        "header " + name,
        answer -> {
          String changed = value.apply(answer.headers().get(name));
          answer.headers().remove(name);
          return changed == null ? answer : answer.putHeader(name, changed);
        });
  }

  /** A bit of the answer's body is turned, in the byte at the offset. */
  public static HttpFault flippedDown(long offset) {
    return onAnswer(
        "flipped down", answer -> HttpExchange.alterBody(answer, BodyChanges.flip(offset)));
  }

  /** A bit of the request's body is turned, in the byte at the offset. */
  public static HttpFault flippedUp(long offset) {
    return new HttpFault(
        "flipped up",
        exchange -> {
          exchange.alterBody(BodyChanges.flip(offset));
          return exchange.forward();
        });
  }

  /** The answer arrives so much later. */
  public static HttpFault delayed(long milliseconds) {
    return new HttpFault(
        "delayed",
        exchange ->
            exchange.forward().compose(answer -> exchange.later(milliseconds).map(v -> answer)));
  }

  /** The connection ends after so many bytes of the answer's body. */
  public static HttpFault cutDown(long bytes) {
    return cutDown("cut down", bytes, HttpExchange::hangUp);
  }

  /** The connection is reset after so many bytes of the answer's body. */
  public static HttpFault resetDown(long bytes) {
    return cutDown("reset down", bytes, HttpExchange::reset);
  }

  /** The connections end after so many bytes of the request's body. */
  public static HttpFault cutUp(long bytes) {
    return new HttpFault(
        "cut up",
        exchange -> {
          exchange.alterBody(cut(exchange, bytes, HttpExchange::hangUp));
          return exchange.forward();
        });
  }

  /**
   * The first answer to each GET and HEAD is given again whenever the same is asked, for as long as
   * this fault is in force. Bodies are kept in memory.
   */
  public static HttpFault stale() {
    return new HttpFault("stale", new StaleAnswers());
  }

  private static HttpFault onAnswer(String name, UnaryOperator<ProxyResponse> change) {
    return new HttpFault(name, exchange -> exchange.forward().map(change));
  }

  private static HttpFault cutDown(String name, long bytes, Consumer<HttpExchange> ending) {
    return new HttpFault(
        name,
        exchange ->
            exchange
                .forward()
                .map(answer -> HttpExchange.alterBody(answer, cut(exchange, bytes, ending))));
  }

  private static BodyChange cut(HttpExchange exchange, long bytes, Consumer<HttpExchange> ending) {
    return BodyChanges.cut(
        bytes, () -> exchange.vertx().runOnContext(passed -> ending.accept(exchange)));
  }
}
