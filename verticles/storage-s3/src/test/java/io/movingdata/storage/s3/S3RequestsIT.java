package io.movingdata.storage.s3;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.storage.s3.ScriptedServer.Answer;
import io.movingdata.storage.s3.ScriptedServer.Seen;
import io.vertx.core.MultiMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stands in the requests that are sent. */
class S3RequestsIT extends LyingServerBase {
  private static final Answer BEGUN =
      Answer.status(200)
          .body(
              "<InitiateMultipartUploadResult><UploadId>u</UploadId>"
                  + "</InitiateMultipartUploadResult>");

  @Test
  void objectsAreEncryptedUnderTheConfiguredKey() {
    S3ObjectStore store = store(location().kmsKey("alias/moving-data").build());
    server().script(stored("opaque").header("x-amz-checksum-crc32c", "mnG7TA=="));
    outcome(store.put("k", noMetadata(), HELLO));
    server().script(BEGUN);
    outcome(store.beginUpload("k", noMetadata()));
    assertThat(server().seen())
        .hasSize(2)
        .allSatisfy(
            seen -> {
              MultiMap headers = seen.headers();
              assertThat(headers.get("x-amz-server-side-encryption")).isEqualTo("aws:kms");
              assertThat(headers.get("x-amz-server-side-encryption-aws-kms-key-id"))
                  .isEqualTo("alias/moving-data");
              assertThat(headers.get("authorization"))
                  .contains("x-amz-server-side-encryption-aws-kms-key-id");
            });
  }

  @Test
  void withoutAKeyNothingIsSaidOfEncryption() {
    server().script(stored(HELLO_MD5));
    outcome(store().put("k", noMetadata(), HELLO));
    assertThat(server().seen().get(0).headers().contains("x-amz-server-side-encryption")).isFalse();
  }

  @Test
  void everyBodyIsSignedAndNoSecretIsSent() {
    S3ObjectStore store = store(location().sessionToken("the-token").build());
    server().script(stored(HELLO_MD5));
    outcome(store.put("a b+c//d", Map.of("copy", "c1"), HELLO));
    Seen put = server().seen().get(0);
    assertThat(put.uri()).isEqualTo("/test-bucket/a%20b%2Bc//d");
    assertThat(put.headers().get("x-amz-content-sha256")).isEqualTo(S3Body.of(HELLO).sha256());
    assertThat(put.headers().get("x-amz-security-token")).isEqualTo("the-token");
    assertThat(put.headers().get("x-amz-meta-copy")).isEqualTo("c1");
    assertThat(put.headers().get("x-amz-checksum-crc32c")).isEqualTo("mnG7TA==");
    assertThat(put.headers().get("authorization"))
        .contains(
            "SignedHeaders=content-md5;content-type;host;x-amz-checksum-crc32c;"
                + "x-amz-content-sha256;x-amz-date;x-amz-meta-copy;x-amz-security-token,");
    assertThat(put.headers().entries()).noneMatch(header -> header.getValue().contains(SECRET));
  }

  @Test
  void virtualHostStyleNamesTheBucketInTheHost() {
    String endpoint = "http://s3.test:" + server().port();
    S3ObjectStore store =
        store(S3Locations.at(endpoint).keys("a", SECRET).pathStyle(false).build());
    server().script(stored(HELLO_MD5));
    outcome(store.put("k", noMetadata(), HELLO));
    assertThat(server().seen().get(0).uri()).isEqualTo("/k");
    assertThat(server().seen().get(0).headers().get("host"))
        .isEqualTo("test-bucket.s3.test:" + server().port());
  }

  @Test
  void aBucketOutsideTheDefaultRegionIsCreatedThere() {
    server()
        .script(
            seen ->
                seen.method().equals("GET")
                    ? Answer.error(404, "NoSuchBucket")
                    : Answer.status(200));
    outcome(store(location().region("eu-central-1").build()).ensure());
    Seen creation = server().seen().get(1);
    assertThat(creation.is("PUT", "/test-bucket")).isTrue();
    assertThat(creation.body().toString())
        .contains("<LocationConstraint>eu-central-1</LocationConstraint>");
    assertThat(creation.headers().get("authorization")).contains("/eu-central-1/s3/");
    outcome(store().ensure());
    assertThat(server().seen().get(3).body().length()).isZero();
  }

  @Test
  void aBucketThatSomebodyElseOwnsIsARefusal() {
    server()
        .script(
            seen ->
                seen.method().equals("GET")
                    ? Answer.error(404, "NoSuchBucket")
                    : Answer.error(409, "BucketAlreadyExists"));
    refusal(store().ensure(), ErrorCode.PROVIDER_REJECTED);
    server()
        .script(
            seen ->
                seen.method().equals("GET")
                    ? Answer.error(404, "NoSuchBucket")
                    : Answer.error(409, "BucketAlreadyOwnedByYou"));
    outcome(store().ensure());
  }
}
