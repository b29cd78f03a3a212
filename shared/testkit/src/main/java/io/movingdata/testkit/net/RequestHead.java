package io.movingdata.testkit.net;

/**
 * What an {@link HttpFaultProxy} knows of a request before it passes.
 *
 * @param method GET, PUT and so on
 * @param uri path and query as they were sent
 */
public record RequestHead(String method, String uri) {
  /** Whether the request changes nothing. */
  public boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }
}
