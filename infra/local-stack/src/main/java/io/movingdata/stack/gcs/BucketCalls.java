package io.movingdata.stack.gcs;

import java.io.IOException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The requests about buckets. */
final class BucketCalls {

  private final Buckets buckets;

  BucketCalls(Buckets buckets) {
    this.buckets = buckets;
  }

  /** The list of all buckets, or a new one. */
  void handleAll(HttpCall call) throws IOException, GcsException {
    switch (call.method()) {
      case "GET" -> {
        String prefix = call.query("prefix", "");
        ObjectNode list = Json.object().put("kind", "storage#buckets");
        ArrayNode items = list.withArray("items");
        buckets.all().stream()
            .filter(bucket -> bucket.name().startsWith(prefix))
            .forEach(bucket -> items.add(bucket.toResource(call.baseUrl())));
        call.reply(200, list);
      }
      case "POST" -> {
        Bucket created = buckets.create(call.json().path("name").asString(""));
        call.reply(200, created.toResource(call.baseUrl()));
      }
      default -> throw GcsException.methodNotAllowed(call.method());
    }
  }

  /** One bucket, or its end. */
  void handleOne(HttpCall call, String name) throws IOException, GcsException {
    switch (call.method()) {
      case "GET" -> call.reply(200, buckets.get(name).toResource(call.baseUrl()));
      case "DELETE" -> {
        buckets.delete(name);
        call.reply(204);
      }
      default -> throw GcsException.methodNotAllowed(call.method());
    }
  }
}
