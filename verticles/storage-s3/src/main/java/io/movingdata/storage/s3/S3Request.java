package io.movingdata.storage.s3;

import io.movingdata.core.error.MovingDataException;
import io.vertx.core.http.HttpMethod;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request before it is signed.
 *
 * @param action what it does, for messages
 * @param key the object, null for the bucket itself
 * @param query parameters, not encoded
 * @param headers lower-case names
 * @param answer root element of the document that must come back, null where nothing must
 */
record S3Request(
    String action,
    HttpMethod method,
    String key,
    Map<String, String> query,
    Map<String, String> headers,
    S3Body body,
    String answer) {

  S3Request {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /** A request to the bucket. */
  static S3Request bucket(String action, HttpMethod method) {
    return new S3Request(action, method, null, Map.of(), Map.of(), S3Body.EMPTY, null);
  }

  /**
   * A request to an object.
   *
   * @throws MovingDataException {@code INVALID_REQUEST} for a key that a server could take for the
   *     bucket or for another object
   */
  static S3Request object(String action, HttpMethod method, String key) {
    boolean climbs = Arrays.stream(key.split("/", -1)).anyMatch(s -> s.matches("\\.\\.?"));
    if (key.isEmpty() || climbs) {
      throw MovingDataException.invalid("key", "must not be empty nor have segments of dots");
    }
    return new S3Request(action, method, key, Map.of(), Map.of(), S3Body.EMPTY, null);
  }

  /** With a parameter; without it where the value is null. */
  S3Request param(String name, String value) {
    return value == null
        ? this
        : new S3Request(action, method, key, with(query, name, value), headers, body, answer);
  }

  /** With a header; without it where the value is null. */
  S3Request header(String name, String value) {
    return value == null
        ? this
        : new S3Request(action, method, key, query, with(headers, name, value), body, answer);
  }

  /** With headers beside those it has. */
  S3Request headers(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(headers);
    all.putAll(more);
    return new S3Request(action, method, key, query, all, body, answer);
  }

  /** With a body of the given type. */
  S3Request body(S3Body content, String type) {
    Map<String, String> typed = with(headers, "content-type", type);
    return new S3Request(action, method, key, query, typed, content, answer);
  }

  /** With the document that must come back. */
  S3Request expecting(String root) {
    return new S3Request(action, method, key, query, headers, body, root);
  }

  /** For messages: what is done to which object. */
  String describe() {
    return key == null ? action : action + " of " + key;
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> more = new TreeMap<>(map);
    more.put(name, value);
    return more;
  }
}
