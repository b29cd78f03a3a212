package io.movingdata.storage.gcs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.movingdata.core.storage.ByteSource;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;

/** Whole objects and the bucket: one method for each operation of the JSON API that is used. */
final class GcsObjects {
  private static final String PROBE = "list the bucket";
  private static final String CREATE = "create the bucket";
  private static final String FIND = "describe an object";
  private static final String INSERT = "store an object";
  private static final String READ = "read an object";
  private static final String DELETE = "delete an object";
  private static final String LIST = "list objects";

  private final GcsClient client;

  GcsObjects(GcsClient client) {
    this.client = client;
  }

  /** Whether there is the bucket. */
  Future<Boolean> bucketExists() {
    return client.retrying(
        () ->
            client
                .call(HttpMethod.GET, client.endpoint().probe(), null, PROBE)
                .map(
                    answer -> {
                      if (GcsErrors.isNotFound(answer)) {
                        return false;
                      }
                      GcsErrors.json(answer, Page.class, PROBE);
                      return true;
                    }));
  }

  /** Creates the bucket, private; one that came to be in the meantime is success. */
  Future<Void> createBucket(String project) {
    Buffer resource =
        Json.toBuffer(
            Map.of(
                "name",
                client.endpoint().bucket(),
                "iamConfiguration",
                Map.of(
                    "publicAccessPrevention",
                    "enforced",
                    "uniformBucketLevelAccess",
                    Map.of("enabled", true))));
    return client.retrying(
        () ->
            client
                .call(HttpMethod.POST, client.endpoint().createBucket(project), resource, CREATE)
                .map(
                    answer -> {
                      if (!answer.ok() && answer.status() != 409) {
                        throw GcsErrors.of(answer, CREATE);
                      }
                      return null;
                    }));
  }

  /** The object's resource; {@code OBJECT_NOT_FOUND} where there is none. */
  Future<GcsObject> find(String key) {
    return client.retrying(
        () ->
            client
                .call(HttpMethod.GET, client.endpoint().object(key), null, FIND)
                .map(answer -> GcsErrors.object(answer, FIND)));
  }

  /**
   * Stores a whole object in one request. Bytes that arrive damaged are sent again.
   *
   * @param ifGeneration the generation that it may replace, 0 for none: else {@code
   *     PRECONDITION_FAILED}, also where an earlier try had succeeded and its answer was lost
   */
  Future<GcsObject> insert(NewObject resource, Buffer bytes, long ifGeneration) {
    MultipartRelated multipart = MultipartRelated.of(Json.toBuffer(resource), bytes);
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap().add("Content-Type", multipart.contentType());
    String target = client.endpoint().multipart(resource.name(), ifGeneration);
    return client.retrying(
        failure -> MovingDataException.is(failure, ErrorCode.CHECKSUM_MISMATCH),
        () ->
            client
                .upload(HttpMethod.POST, target, headers, multipart.body(), INSERT)
                .map(
                    answer -> {
                      if (!answer.ok()) {
                        throw GcsErrors.ofBucket(answer, INSERT);
                      }
                      return GcsErrors.object(answer, INSERT);
                    }));
  }

  /** Bytes {@code from} to before {@code end} of the object as it was described. */
  Future<ByteSource> read(GcsObject object, long from, long end) {
    boolean whole = from == 0 && end == object.size();
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (!whole) {
      headers.add("Range", ContentRanges.read(from, end));
    }
    String target = client.endpoint().media(object.name(), object.generation());
    return client.retrying(
        () ->
            client
                .download(target, headers, READ)
                .map(
                    opened -> {
                      String wrong = wrong(opened.head(), from, end, object.size());
                      if (wrong != null) {
                        opened.discard();
                        throw GcsErrors.nonsense(READ, wrong);
                      }
                      return opened.source(object.stat(), end - from);
                    }));
  }

  /** What is wrong with the head of an answer, null for nothing. */
  private static String wrong(GcsAnswer head, long from, long end, long total) {
    boolean whole = from == 0 && end == total;
    if (head.status() != 200 && head.status() != 206) {
      throw GcsErrors.of(head, READ);
    }
    if (head.status() == 206
        ? !ContentRanges.answer(from, end, total).equals(head.header("Content-Range"))
        : !whole) {
      return "another range than asked for";
    }
    if (head.header("Content-Encoding") != null) {
      return "encoded bytes";
    }
    String length = head.header("Content-Length");
    return Long.toString(end - from).equals(length) ? null : "another length than asked for";
  }

  /** Deletes an object; whether there was one. */
  Future<Boolean> delete(String key, Long generation) {
    return client.retrying(
        () ->
            client
                .call(HttpMethod.DELETE, client.endpoint().delete(key, generation), null, DELETE)
                .map(
                    answer -> {
                      GcsErrors.empty(answer, DELETE);
                      return true;
                    })
                .recover(
                    failure ->
                        MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
                            ? Future.succeededFuture(false)
                            : Future.failedFuture(failure)));
  }

  /** One page of a listing. */
  Future<ListPage> list(ListRequest request) {
    return client.retrying(
        () ->
            client
                .call(HttpMethod.GET, client.endpoint().list(request), null, LIST)
                .map(
                    answer -> {
                      if (!answer.ok()) {
                        throw GcsErrors.ofBucket(answer, LIST);
                      }
                      return GcsErrors.json(answer, Page.class, LIST).page();
                    }));
  }

  private record Page(
      @JsonProperty("items") List<GcsObject> items,
      @JsonProperty("prefixes") List<String> prefixes,
      @JsonProperty("nextPageToken") String nextPageToken) {
    ListPage page() {
      List<GcsObject> objects = items == null ? List.of() : items;
      if (!objects.stream().allMatch(GcsObject::complete)) {
        throw GcsErrors.nonsense(LIST, "an object without name, size or generation");
      }
      return new ListPage(objects.stream().map(GcsObject::stat).toList(), prefixes, nextPageToken);
    }
  }
}
