package io.movingdata.storage.s3;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.movingdata.storage.s3.S3Pages.HeldPart;
import io.movingdata.storage.s3.UploadToken.Sums;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Uploads in parts: S3's multipart protocol. */
final class S3Uploads {
  private final S3Client client;
  private final S3Objects objects;
  private final S3Headers headers;
  private final S3Digests digests;

  S3Uploads(S3Client client, S3Objects objects, S3Headers headers, S3Digests digests) {
    this.client = client;
    this.objects = objects;
    this.headers = headers;
    this.digests = digests;
  }

  /** Begins an upload, with checksums as far as the server knows them. */
  Future<String> begin(String key, Map<String, String> metadata) {
    S3Request plain =
        S3Request.object("beginning an upload", POST, key)
            .param("uploads", "")
            .headers(headers.of(metadata))
            .header("content-type", S3Objects.TYPE)
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
                    : answer.succeeded())
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
  Future<String> part(String key, UploadToken upload, Part part, S3Body body) {
    boolean summed = upload.sums() != Sums.NONE;
    S3Request request =
        S3Request.object("upload of part " + part.number(), PUT, key)
            .param("partNumber", Integer.toString(part.number()))
            .param("uploadId", upload.id())
            .headers(S3Stored.checksums(body, summed))
            .body(body, S3Objects.TYPE);
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
  Future<UploadedParts> uploaded(String key, UploadToken upload) {
    return partsFrom(key, upload.id(), null, new ArrayList<>())
        .map(S3Uploads::contiguous)
        .recover(S3Uploads::nullIfLost);
  }

  private Future<List<HeldPart>> partsFrom(
      String key, String id, String marker, List<HeldPart> held) {
    S3Request request =
        S3Request.object("listing of parts", GET, key)
            .param("uploadId", id)
            .param("max-parts", "1000")
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

  /**
   * Makes the object of its parts and compares it with them. Keys are never used twice, so where it
   * is not known whether the upload was completed, the object's presence says so.
   */
  Future<ObjectStat> complete(String key, UploadToken upload, UploadedParts parts) {
    List<PartTag> tags = parts.tags().stream().map(PartTag::parse).toList();
    boolean sum = upload.sums() == Sums.WHOLE && parts.crc32c() >= 0;
    S3Request request =
        S3Request.object("completion of an upload", POST, key)
            .param("uploadId", upload.id())
            .header("x-amz-checksum-crc32c", sum ? crc(parts).base64() : null)
            .header("x-amz-checksum-type", sum ? "FULL_OBJECT" : null)
            .expecting("CompleteMultipartUploadResult");
    Supplier<Future<ObjectStat>> compare =
        () -> objects.compared(request, parts.size(), S3Stored.etagOf(tags), crc(parts));
    return digests
        .of(S3Xml.complete(tags))
        .compose(document -> client.call(request.body(document, "application/xml")))
        .compose(
            completed -> compare.get(),
            failure ->
                mayHaveCompleted(failure)
                    ? compare.get().recover(absent -> Future.failedFuture(missing(failure, absent)))
                    : Future.failedFuture(failure));
  }

  private static boolean mayHaveCompleted(Throwable failure) {
    return MovingDataException.is(failure, ErrorCode.PROVIDER_DOWN)
        || MovingDataException.is(failure, ErrorCode.PROVIDER_BUSY)
        || MovingDataException.is(failure, ErrorCode.SESSION_LOST);
  }

  /** An object that differs is the failure to report; one that is not there is not. */
  private static Throwable missing(Throwable failure, Throwable absent) {
    return MovingDataException.is(absent, ErrorCode.CHECKSUM_MISMATCH) ? absent : failure;
  }

  /** The checksum of an upload's bytes, null where it is not known. */
  static Crc32cValue crc(UploadedParts parts) {
    return parts.crc32c() < 0 ? null : new Crc32cValue((int) parts.crc32c());
  }

  /** Aborts an upload; one that the server does not know is aborted. */
  Future<Void> abort(String key, UploadToken upload) {
    return client
        .call(S3Request.object("abortion of an upload", DELETE, key).param("uploadId", upload.id()))
        .<Void>mapEmpty()
        .recover(S3Uploads::nullIfLost);
  }

  private static <T> Future<T> nullIfLost(Throwable failure) {
    return MovingDataException.is(failure, ErrorCode.SESSION_LOST)
        ? Future.succeededFuture()
        : Future.failedFuture(failure);
  }
}
