package io.movingdata.testkit.net;

import io.vertx.core.Future;
import io.vertx.httpproxy.ProxyResponse;
import java.util.function.Function;

/**
 * What befalls one request and its answer.
 *
 * @param name stands in the log
 * @param effect makes the answer that the client gets; nothing is answered where it fails
 */
public record HttpFault(String name, Function<HttpExchange, Future<ProxyResponse>> effect) {
  @Override
  public String toString() {
    return name;
  }
}
