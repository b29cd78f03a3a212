package io.movingdata.e2e.harness;

import io.movingdata.core.config.Provider;
import io.movingdata.core.judge.ProviderRequest;
import io.movingdata.core.judge.RequestKind;
import io.movingdata.testkit.net.LoggedExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a request to a provider asks for, from its method, path and query. */
final class RequestKinds {
  /**
   * A block list without blocks has fewer bytes than this, one with a block has more. Our store
   * sends one to drop the blocks of an upload.
   */
  private static final long EMPTY_BLOCK_LIST = 100;

  /** Where an object's name is in a path as in {@code /storage/v1/b/<bucket>/o/<name>}. */
  private static final int GCS_OBJECT = 5;

  private RequestKinds() {}

  /** The request as the judge sees it. */
  static ProviderRequest of(String location, Provider provider, LoggedExchange exchange) {
    String[] target = exchange.uri().split("\\?", 2);
    List<String> path =
        Arrays.stream(target[0].substring(1).split("/")).map(RequestKinds::decoded).toList();
    Map<String, String> query = query(target.length == 1 ? "" : target[1]);
    RequestKind kind =
        switch (provider) {
          case S3 -> s3(exchange.method(), query);
          case AZURE -> azure(exchange.method(), query, exchange.bodyBytes());
          case GCS -> gcs(exchange.method(), path, query, exchange.status());
        };
    String key =
        switch (provider) {
          case S3 -> rest(path, 1);
          case AZURE -> rest(path, 2);
          case GCS -> query.containsKey("name") ? query.get("name") : rest(path, GCS_OBJECT);
        };
    return new ProviderRequest(
        exchange.begun(),
        exchange.ended(),
        location,
        key == null ? RequestKind.OTHER : kind,
        key,
        exchange.status(),
        null);
  }

  private static RequestKind s3(String method, Map<String, String> query) {
    boolean part = query.containsKey("uploadId");
    return switch (method) {
      case "PUT" -> part ? RequestKind.PART : RequestKind.PUT;
      case "POST" -> part ? RequestKind.COMPLETE : RequestKind.BEGIN;
      case "DELETE" -> part ? RequestKind.ABORT : RequestKind.DELETE;
      default -> RequestKind.READ;
    };
  }

  private static RequestKind azure(String method, Map<String, String> query, long bytes) {
    String part = query.getOrDefault("comp", "");
    return switch (method + " " + part) {
      case "PUT " -> RequestKind.PUT;
      case "PUT block" -> RequestKind.PART;
      case "PUT blocklist" -> bytes < EMPTY_BLOCK_LIST ? RequestKind.ABORT : RequestKind.COMPLETE;
      case "DELETE " -> RequestKind.DELETE;
      case "GET ", "HEAD ", "GET blocklist" -> RequestKind.READ;
      default -> RequestKind.OTHER;
    };
  }

  /** A part of a session that makes the object is known by its answer. */
  private static RequestKind gcs(
      String method, List<String> path, Map<String, String> query, int status) {
    if (!path.get(0).equals("upload")) {
      return method.equals("DELETE") ? RequestKind.DELETE : RequestKind.READ;
    }
    return switch (method + " " + query.get("uploadType")) {
      case "POST multipart" -> RequestKind.PUT;
      case "POST resumable" -> RequestKind.BEGIN;
      case "PUT resumable" -> status == 308 ? RequestKind.PART : RequestKind.COMPLETE;
      case "DELETE resumable" -> RequestKind.ABORT;
      default -> RequestKind.OTHER;
    };
  }

  /** What follows in a path; null for nothing. */
  private static String rest(List<String> path, int from) {
    return path.size() <= from ? null : String.join("/", path.subList(from, path.size()));
  }

  private static Map<String, String> query(String query) {
    Map<String, String> fields = new HashMap<>();
    for (String field : query.split("&", -1)) {
      String[] pair = field.split("=", 2);
      fields.put(decoded(pair[0]), pair.length == 1 ? "" : decoded(pair[1]));
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
