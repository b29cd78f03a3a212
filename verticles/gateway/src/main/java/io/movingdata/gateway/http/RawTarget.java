package io.movingdata.gateway.http;

import java.util.List;

/**
 * A request's target as it came over the wire. It is split before anything is decoded, and never
 * normalised: {@code ..}, {@code //} and {@code %2F} in a file id mean themselves.
 *
 * @param path from the first slash up to the question mark
 * @param query what follows it, empty where there is none
 */
public record RawTarget(String path, String query) {
  /** Splits a request target in origin form or absolute form. */
  public static RawTarget parse(String uri) {
    int fragment = uri.indexOf('#');
    String whole = fragment < 0 ? uri : uri.substring(0, fragment);
    int question = whole.indexOf('?');
    String path = question < 0 ? whole : whole.substring(0, question);
    String query = question < 0 ? "" : whole.substring(question + 1);
    return new RawTarget(withoutAuthority(path), query);
  }

  private static String withoutAuthority(String path) {
    if (path.startsWith("/")) {
      return path;
    }
    int scheme = path.indexOf("://");
    if (scheme < 0) {
      return path;
    }
    int slash = path.indexOf('/', scheme + 3);
    return slash < 0 ? "/" : path.substring(slash);
  }

  /** The undecoded segments; {@code /a//b/} has four: a, nothing, b, nothing. */
  public List<String> segments() {
    return segmentsOf(path);
  }

  static List<String> segmentsOf(String path) {
    String[] parts = path.split("/", -1);
    return List.of(parts).subList(1, Math.max(1, parts.length));
  }
}
