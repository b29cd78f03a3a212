package io.movingdata.storage.s3;

import static io.vertx.core.http.HttpMethod.GET;

import io.movingdata.core.storage.ObjectStore.UnfinishedUpload;
import io.movingdata.storage.s3.S3Pages.UploadsPage;
import io.movingdata.storage.s3.UploadToken.Sums;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds uploads that nobody has finished. */
final class S3Unfinished {
  private final S3Client client;
  private volatile Map<String, Instant> firstSeen = Map.of();

  S3Unfinished(S3Client client) {
    this.client = client;
  }

  /**
   * Uploads begun before a time. Some servers claim that every upload has just begun: an upload is
   * at least as old as this process has known it.
   */
  Future<List<UnfinishedUpload>> before(Instant time) {
    return pagesFrom(null, null, new ArrayList<>()).map(found -> older(found, time));
  }

  private List<UnfinishedUpload> older(List<UnfinishedUpload> found, Instant time) {
    Map<String, Instant> seen = new HashMap<>();
    List<UnfinishedUpload> old = new ArrayList<>();
    for (UnfinishedUpload upload : found) {
      Instant known = firstSeen.getOrDefault(upload.uploadId(), client.now());
      seen.put(upload.uploadId(), known);
      Instant begun = known.isBefore(upload.begun()) ? known : upload.begun();
      if (begun.isBefore(time)) {
        String token = new UploadToken(Sums.NONE, upload.uploadId()).toString();
        old.add(new UnfinishedUpload(upload.key(), token, begun));
      }
    }
    firstSeen = Map.copyOf(seen);
    return List.copyOf(old);
  }

  private Future<List<UnfinishedUpload>> pagesFrom(
      String keyMarker, String idMarker, List<UnfinishedUpload> found) {
    S3Request request =
        S3Request.bucket("listing of uploads", GET)
            .param("uploads", "")
            .param("max-uploads", "1000")
            .param("encoding-type", "url")
            .param("key-marker", keyMarker)
            .param("upload-id-marker", idMarker)
            .expecting("ListMultipartUploadsResult");
    return client
        .call(request)
        .compose(
            answer -> {
              UploadsPage page = S3Pages.uploads(answer.document());
              if (page == null
                  || (page.nextUpload() != null && page.nextUpload().equals(idMarker))) {
                return Future.failedFuture(client.errors().nonsense(request, "a broken page"));
              }
              found.addAll(page.uploads());
              return page.nextUpload() == null
                  ? Future.succeededFuture(found)
                  : pagesFrom(page.nextKey(), page.nextUpload(), found);
            });
  }
}
