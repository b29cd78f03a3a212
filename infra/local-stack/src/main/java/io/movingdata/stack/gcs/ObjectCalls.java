package io.movingdata.stack.gcs;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The requests about objects that are stored. */
final class ObjectCalls {

  private static final int MAX_RESULTS = 1_000;
  private static final int BUFFER = 128 * 1024;

  private final Buckets buckets;

  ObjectCalls(Buckets buckets) {
    this.buckets = buckets;
  }

  /** One page of the objects in a bucket. */
  void list(HttpCall call, String bucketName) throws IOException, GcsException {
    if (!call.method().equals("GET")) {
      throw GcsException.methodNotAllowed(call.method());
    }
    Bucket bucket = buckets.get(bucketName);
    ObjectPage page =
        ObjectPage.list(
            bucket.objects(),
            call.query("prefix", ""),
            call.query("delimiter", ""),
            call.query("pageToken", ""),
            maxResults(call));
    ObjectNode list = Json.object().put("kind", "storage#objects");
    page.next().ifPresent(next -> list.put("nextPageToken", next));
    ArrayNode items = list.withArray("items");
    page.objects().forEach(o -> items.add(o.toResource(call.baseUrl(), bucketName)));
    ArrayNode prefixes = list.withArray("prefixes");
    page.prefixes().forEach(prefixes::add);
    call.reply(200, list);
  }

  /** The metadata of an object, its content, a change of its settings, or its end. */
  void handle(HttpCall call, String bucketName, String name) throws IOException, GcsException {
    Bucket bucket = buckets.get(bucketName);
    Preconditions preconditions = Preconditions.of(call.query());
    switch (call.method()) {
      case "GET" -> {
        StoredObject object = live(call, bucket, name);
        preconditions.check(Optional.of(object));
        if (call.query("alt", "json").equals("media")) {
          download(call, bucket, object);
        } else {
          call.reply(200, object.toResource(call.baseUrl(), bucketName));
        }
      }
      case "DELETE" -> {
        live(call, bucket, name);
        bucket.delete(name, preconditions);
        call.reply(204);
      }
      case "PATCH" -> {
        live(call, bucket, name);
        StoredObject changed = bucket.patch(name, call.json(), preconditions);
        call.reply(200, changed.toResource(call.baseUrl(), bucketName));
      }
      default -> throw GcsException.methodNotAllowed(call.method());
    }
  }

  /** The object, if it is of the generation that the request may name. */
  private static StoredObject live(HttpCall call, Bucket bucket, String name) throws GcsException {
    StoredObject object = bucket.get(name);
    String wanted = call.query("generation", "");
    if (!wanted.isEmpty() && !wanted.equals(Long.toString(object.generation()))) {
      throw GcsException.notFound("No such object: " + bucket.name() + "/" + name);
    }
    return object;
  }

  private static int maxResults(HttpCall call) throws GcsException {
    String max = call.query("maxResults", Integer.toString(MAX_RESULTS));
    try {
      int number = Integer.parseInt(max);
      if (number > 0) {
        return Math.min(number, MAX_RESULTS);
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw GcsException.invalid("Invalid maxResults: " + max);
  }

  private static void download(HttpCall call, Bucket bucket, StoredObject object)
      throws IOException, GcsException {
    long size = object.sums().size();
    Optional<ByteRange> range = ByteRange.parse(call.header("Range").orElse(null), size);
    try (FileChannel content = bucket.open(object)) {
      call.setHeader("x-goog-generation", Long.toString(object.generation()));
      call.setHeader("x-goog-metageneration", Long.toString(object.metageneration()));
      call.setHeader("x-goog-storage-class", "STANDARD");
      call.setHeader("x-goog-stored-content-encoding", "identity");
      call.setHeader("x-goog-stored-content-length", Long.toString(size));
      call.setHeader(
          "x-goog-hash", "crc32c=" + object.sums().crc32c() + ",md5=" + object.sums().md5Hash());
      call.setHeader("ETag", object.etag());
      call.setHeader("Accept-Ranges", "bytes");
      if (range.isPresent() && range.get().length() == 0) {
        call.setHeader("Content-Range", "bytes */" + size);
        call.reply(416);
        return;
      }
      ByteRange part = range.orElse(new ByteRange(0, size));
      call.setHeader("Content-Type", object.contentType());
      if (range.isPresent()) {
        long last = part.first() + part.length() - 1;
        call.setHeader("Content-Range", "bytes " + part.first() + "-" + last + "/" + size);
      }
      try (OutputStream out = call.replyStream(range.isPresent() ? 206 : 200, part.length())) {
        copy(content, part, out);
      }
    }
  }

  private static void copy(FileChannel content, ByteRange part, OutputStream out)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long offset = part.first();
    long end = part.first() + part.length();
    while (offset < end) {
      buffer.clear().limit((int) Math.min(BUFFER, end - offset));
      int n = content.read(buffer, offset);
      if (n < 0) {
        throw new EOFException("the content ends at " + offset + " instead of " + end);
      }
      out.write(buffer.array(), 0, n);
      offset += n;
    }
  }
}
