package io.movingdata.storage.s3;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PUT;

import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.vertx.core.Future;

/** The bucket itself: whether it is there, making it, listing it. */
final class S3Bucket {
  /** Amazon's first region is the one that a bucket has when none is named. */
  private static final String NAMELESS_REGION = "us-east-1";

  private static final String PAGE = "ListBucketResult";

  private final S3Client client;
  private final String name;
  private final String region;

  S3Bucket(S3Client client, String name, String region) {
    this.client = client;
    this.name = name;
    this.region = region;
  }

  /** Asks for the bucket, by a listing: unlike a head, its answer proves that S3 gave it. */
  Future<String> probe() {
    return client.call(probeRequest()).map(name);
  }

  /** Makes the bucket where it is missing. */
  Future<Void> ensure() {
    return client
        .attempt(probeRequest())
        .compose(
            answer -> answer.failedWith("NoSuchBucket") ? create() : answer.succeeded().mapEmpty());
  }

  private Future<Void> create() {
    S3Request plain = S3Request.bucket("creation of bucket " + name, PUT);
    S3Request request =
        region.equals(NAMELESS_REGION)
            ? plain
            : plain.body(S3Body.of(S3Xml.createBucket(region)), "application/xml");
    return client
        .attempt(request)
        .compose(
            answer ->
                answer.failedWith("BucketAlreadyOwnedByYou")
                    ? Future.succeededFuture()
                    : answer.succeeded().mapEmpty());
  }

  private S3Request probeRequest() {
    return S3Request.bucket("probe of bucket " + name, GET)
        .param("list-type", "2")
        .param("max-keys", "1")
        .expecting(PAGE);
  }

  /** One page of a listing. */
  Future<ListPage> list(ListRequest wanted) {
    S3Request request =
        S3Request.bucket("listing", GET)
            .param("list-type", "2")
            .param("encoding-type", "url")
            .param("max-keys", Integer.toString(wanted.limit()))
            .param("prefix", wanted.prefix())
            .param("delimiter", wanted.delimiter())
            .param("continuation-token", wanted.token())
            .expecting(PAGE);
    return client
        .call(request)
        .compose(
            answer -> {
              ListPage page = S3Pages.objects(answer.document());
              return page == null || (page.next() != null && page.next().equals(wanted.token()))
                  ? Future.failedFuture(client.errors().nonsense(request, "a broken page"))
                  : Future.succeededFuture(page);
            });
  }
}
