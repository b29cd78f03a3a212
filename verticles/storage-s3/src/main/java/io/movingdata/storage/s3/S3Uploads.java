package io.movingdata.storage.s3;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UnfinishedUpload;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.movingdata.storage.s3.S3Pages.HeldPart;
import io.movingdata.storage.s3.UploadToken.Sums;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Uploads in parts: S3's multipart protocol. */
final class S3Uploads {
  private static final String PAGE = "1000";

  private final S3Client client;
  private final S3Headers headers;
  private Map<String, Instant> firstSeen = Map.of();

  S3Uploads(S3Client client, S3Headers headers) {
    this.client = client;
    this.headers = headers;
  }

  /** Begins an upload, with checksums as far as the server knows them. */
  Future<String> begin(String key, Map<String, String> metadata) {
    S3Request plain =
        S3Request.object("beginning an upload", POST, key)
            .param("uploads", "")
            .headers(headers.of(metadata))
            .header("content-type", S3ObjectStore.OBJECT_TYPE)
            .expecting("InitiateMultipartUploadResult");
    S3Request summed =
        plain
            .header("x-amz-checksum-algorithm", "CRC32C")
            .header("x-amz-checksum-type", "FULL_OBJECT");
    return client
        .attempt(summed)
        .compose(
            answer ->
                answer.status() == 501 || answer.status() == 400
                    ? client.call(plain)
                    : succeeded(answer))
        .compose(answer -> token(plain, answer));
  }

  private Future<String> token(S3Request request, S3Answer answer) {
    String id = answer.document().text("UploadId");
    if (id == null) {
      return Future.failedFuture(client.errors().nonsense(request, "no upload id"));
    }
    boolean parts = "CRC32C".equalsIgnoreCase(answer.headers().get("x-amz-checksum-algorithm"));
    boolean whole = "FULL_OBJECT".equalsIgnoreCase(answer.headers().get("x-amz-checksum-type"));
    Sums known = whole ? Sums.WHOLE : Sums.PARTS;
    return Future.succeededFuture(new UploadToken(parts ? known : Sums.NONE, id).toString());
  }

  /** Stores a part and compares what the server says of it. */
  Future<String> part(String key, String uploadId, Part part, S3Body body) {
    UploadToken token = UploadToken.parse(uploadId);
    boolean summed = token.sums() != Sums.NONE;
    S3Request request =
        S3Request.object("upload of part " + part.number(), PUT, key)
            .param("partNumber", Integer.toString(part.number()))
            .param("uploadId", token.id())
            .headers(S3Stored.checksums(body, summed))
            .body(body, S3ObjectStore.OBJECT_TYPE);
    return client
        .call(request)
        .compose(
            answer -> {
              S3Stored stored = S3Stored.of(answer.headers());
              if (stored.etag() == null) {
                return Future.failedFuture(client.errors().nonsense(request, "no entity tag"));
              }
              return stored.contradicts(body)
                  ? Future.failedFuture(client.errors().mismatch(request))
                  : Future.succeededFuture(
                      new PartTag(stored.etag(), summed ? body.crc32c() : null).toString());
            });
  }

  /** The parts that the server holds from number 1 on; null where it does not know the upload. */
  Future<UploadedParts> uploaded(String key, String uploadId) {
    return partsFrom(key, UploadToken.parse(uploadId).id(), null, new ArrayList<>())
        .map(S3Uploads::contiguous)
        .recover(ifLost(() -> null));
  }

  private Future<List<HeldPart>> partsFrom(
      String key, String id, String marker, List<HeldPart> held) {
    S3Request request =
        S3Request.object("listing of parts", GET, key)
            .param("uploadId", id)
            .param("max-parts", PAGE)
            .param("part-number-marker", marker)
            .expecting("ListPartsResult");
    return client
        .call(request)
        .compose(
            answer -> {
              S3Pages.PartsPage page = S3Pages.parts(answer.document());
              if (page == null || (page.next() != null && page.next().equals(marker))) {
                return Future.failedFuture(client.errors().nonsense(request, "a broken page"));
              }
              held.addAll(page.parts());
              return page.next() == null
                  ? Future.succeededFuture(held)
                  : partsFrom(key, id, page.next(), held);
            });
  }

  static UploadedParts contiguous(List<HeldPart> held) {
    long size = 0;
    List<String> tags = new ArrayList<>();
    Crc32cValue crc = Crc32cValue.EMPTY;
    for (HeldPart part : held) {
      if (part.number() != tags.size() + 1) {
        break;
      }
      size += part.size();
      tags.add(part.tag().toString());
      boolean known = crc != null && part.tag().crc32c() != null;
      crc = known ? Crc32cValue.combine(crc, part.tag().crc32c(), part.size()) : null;
    }
    return new UploadedParts(size, tags, crc == null ? -1 : Integer.toUnsignedLong(crc.value()));
  }

  /** Asks for the object to be made; fails where it is not certain that it was. */
  Future<Void> complete(String key, String uploadId, UploadedParts parts) {
    UploadToken token = UploadToken.parse(uploadId);
    boolean sum = token.sums() == Sums.WHOLE && parts.crc32c() >= 0;
    S3Body document = S3Body.of(S3Xml.complete(parts.tags().stream().map(PartTag::parse).toList()));
    S3Request request =
        S3Request.object("completion of an upload", POST, key)
            .param("uploadId", token.id())
            .header("x-amz-checksum-crc32c", sum ? crc(parts).base64() : null)
            .header("x-amz-checksum-type", sum ? "FULL_OBJECT" : null)
            .body(document, "application/xml")
            .expecting("CompleteMultipartUploadResult");
    return client.call(request).mapEmpty();
  }

  /** The checksum of an upload's bytes, null where it is not known. */
  static Crc32cValue crc(UploadedParts parts) {
    return parts.crc32c() < 0 ? null : new Crc32cValue((int) parts.crc32c());
  }

  /** Aborts an upload; one that the server does not know is aborted. */
  Future<Void> abort(String key, String uploadId) {
    return client
        .call(
            S3Request.object("abortion of an upload", DELETE, key)
                .param("uploadId", UploadToken.parse(uploadId).id()))
        .<Void>mapEmpty()
        .recover(ifLost(() -> null));
  }

  /**
   * Uploads begun before a time. Some servers claim that every upload has just begun: an upload is
   * as old as this process has known it, whatever the server says.
   */
  Future<List<UnfinishedUpload>> unfinished(Instant before) {
    return uploadsFrom(null, null, new ArrayList<>())
        .map(
            found -> {
              Map<String, Instant> seen = new HashMap<>();
              List<UnfinishedUpload> old = new ArrayList<>();
              for (UnfinishedUpload upload : found) {
                Instant known = firstSeen.getOrDefault(upload.uploadId(), client.now());
                seen.put(upload.uploadId(), known);
                Instant begun = known.isBefore(upload.begun()) ? known : upload.begun();
                if (begun.isBefore(before)) {
                  String token = new UploadToken(Sums.NONE, upload.uploadId()).toString();
                  old.add(new UnfinishedUpload(upload.key(), token, begun));
                }
              }
              firstSeen = Map.copyOf(seen);
              return List.copyOf(old);
            });
  }

  private Future<List<UnfinishedUpload>> uploadsFrom(
      String keyMarker, String idMarker, List<UnfinishedUpload> found) {
    S3Request request =
        S3Request.bucket("listing of uploads", GET)
            .param("uploads", "")
            .param("max-uploads", PAGE)
            .param("encoding-type", "url")
            .param("key-marker", keyMarker)
            .param("upload-id-marker", idMarker)
            .expecting("ListMultipartUploadsResult");
    return client
        .call(request)
        .compose(
            answer -> {
              S3Pages.UploadsPage page = S3Pages.uploads(answer.document());
              if (page == null
                  || (page.nextUpload() != null && page.nextUpload().equals(idMarker))) {
                return Future.failedFuture(client.errors().nonsense(request, "a broken page"));
              }
              found.addAll(page.uploads());
              return page.nextUpload() == null
                  ? Future.succeededFuture(found)
                  : uploadsFrom(page.nextKey(), page.nextUpload(), found);
            });
  }

  private static Future<S3Answer> succeeded(S3Answer answer) {
    return answer.failure() == null
        ? Future.succeededFuture(answer)
        : Future.failedFuture(answer.failure());
  }

  private static <T> Function<Throwable, Future<T>> ifLost(java.util.function.Supplier<T> value) {
    return failure ->
        MovingDataException.is(failure, ErrorCode.SESSION_LOST)
            ? Future.succeededFuture(value.get())
            : Future.failedFuture(failure);
  }
}
