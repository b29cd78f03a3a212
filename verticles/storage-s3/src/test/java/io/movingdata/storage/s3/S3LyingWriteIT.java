package io.movingdata.storage.s3;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.movingdata.storage.s3.ScriptedServer.Answer;
import io.movingdata.storage.s3.ScriptedServer.Seen;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Writes to servers that lie, break, redirect or lose their answers. */
class S3LyingWriteIT extends LyingServerBase {
  private static final UploadedParts ONE_PART = new UploadedParts(5, List.of(HELLO_MD5), -1);

  @Test
  void anotherTagThanTheMd5OfTheBytesIsAMismatch() {
    server().script(stored(OTHER_MD5));
    refusal(store().put("k", noMetadata(), HELLO), ErrorCode.CHECKSUM_MISMATCH);
  }

  @Test
  void anotherChecksumThanThatOfTheBytesIsAMismatch() {
    server().script(stored(HELLO_MD5).header("x-amz-checksum-crc32c", "AAAAAA=="));
    refusal(store().put("k", noMetadata(), HELLO), ErrorCode.CHECKSUM_MISMATCH);
  }

  @Test
  void aServerThatSaysNothingOfTheBytesIsAskedForTheirSize() {
    server().script(seen -> seen.method().equals("PUT") ? stored("opaque") : head("opaque", 4));
    refusal(store().put("k", noMetadata(), HELLO), ErrorCode.CHECKSUM_MISMATCH);
    server().script(seen -> seen.method().equals("PUT") ? stored("opaque") : head("opaque", 5));
    assertThat(outcome(store().put("k", noMetadata(), HELLO)).size()).isEqualTo(5);
  }

  @Test
  void bytesThatWereDamagedOnTheWayAreSentAgain() {
    server().script(Answer.error(400, "BadDigest"), stored(HELLO_MD5));
    assertThat(outcome(store().put("k", noMetadata(), HELLO)).etag()).isEqualTo(HELLO_MD5);
    assertThat(server().seen()).hasSize(2).allMatch(seen -> seen.body().equals(HELLO));
  }

  @Test
  void aBusyServerIsGivenTheTimeItAskedFor() {
    server()
        .script(
            Answer.error(503, "SlowDown").header("retry-after", "1"),
            Answer.error(503, "SlowDown"),
            stored(HELLO_MD5));
    long begun = System.nanoTime();
    outcome(store().put("k", noMetadata(), HELLO));
    assertThat(System.nanoTime() - begun).isGreaterThan(1_000_000_000L);
    assertThat(server().seen()).hasSize(3);
  }

  @Test
  void aLongWaitIsLeftToTheCaller() {
    server().script(Answer.error(429, "TooManyRequests").header("retry-after", "3600"));
    assertThat(
            refusal(store().put("k", noMetadata(), HELLO), ErrorCode.PROVIDER_BUSY).retryAfterMs())
        .isEqualTo(3_600_000);
    assertThat(server().seen()).hasSize(1);
  }

  @Test
  void aRefusalIsNotRepeated() {
    server().script(Answer.error(403, "AccessDenied"));
    refusal(store().put("k", noMetadata(), HELLO), ErrorCode.PROVIDER_REJECTED);
    assertThat(server().seen()).hasSize(1);
  }

  @Test
  void aPutWhoseAnswerIsLostIsSentAgainUnderItsKey() {
    server().script(Answer.drop(), stored(HELLO_MD5));
    ObjectStat stat = outcome(store().put("k", Map.of("copy", "c1"), HELLO));
    assertThat(stat.checksum()).isEqualTo("md5:" + HELLO_MD5);
    assertThat(stat.metadata()).containsEntry("copy", "c1");
    assertThat(server().seen())
        .hasSize(2)
        .allMatch(seen -> seen.is("PUT", "/test-bucket/k") && seen.body().equals(HELLO));
  }

  @Test
  void anErrorInsideA200IsNoCompletion() {
    server().script(completing(Answer.error(200, "InternalError"), Answer.status(404)));
    refusal(store().completeUpload("k", "u", ONE_PART), ErrorCode.PROVIDER_DOWN);
    assertThat(server().seen()).anyMatch(seen -> seen.is("HEAD", "/test-bucket/k"));
  }

  @Test
  void anEmpty200IsNoCompletion() {
    server().script(completing(Answer.status(200), Answer.status(404)));
    refusal(store().completeUpload("k", "u", ONE_PART), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void whereTheAnswerToACompletionIsLostTheObjectItselfAnswers() {
    String etag = S3Stored.etagOf(List.of(new PartTag(HELLO_MD5, null)));
    server().script(completing(Answer.drop(), head(etag, 5)));
    assertThat(outcome(store().completeUpload("k", "u", ONE_PART)).checksum())
        .isEqualTo("md5-parts:" + etag);
    server().script(completing(Answer.error(404, "NoSuchUpload"), head(etag, 5)));
    assertThat(outcome(store().completeUpload("k", "u", ONE_PART)).size()).isEqualTo(5);
  }

  @Test
  void anUploadThatIsGoneWithoutAnObjectIsLost() {
    server().script(completing(Answer.error(404, "NoSuchUpload"), Answer.status(404)));
    refusal(store().completeUpload("k", "u", ONE_PART), ErrorCode.SESSION_LOST);
  }

  @Test
  void aCompletedObjectOfAnotherTagOrSizeIsAMismatch() {
    Answer done =
        Answer.status(200)
            .body(
                "  \n<CompleteMultipartUploadResult><ETag>x</ETag>"
                    + "</CompleteMultipartUploadResult>");
    server().script(completing(done, head(OTHER_MD5 + "-1", 5)));
    refusal(store().completeUpload("k", "u", ONE_PART), ErrorCode.CHECKSUM_MISMATCH);
    String etag = S3Stored.etagOf(List.of(new PartTag(HELLO_MD5, null)));
    server().script(completing(done, head(etag, 6)));
    refusal(store().completeUpload("k", "u", ONE_PART), ErrorCode.CHECKSUM_MISMATCH);
    server().script(completing(done, head(etag, 5)));
    outcome(store().completeUpload("k", "u", ONE_PART));
  }

  @Test
  void aPartOfAnotherTagIsAMismatch() {
    server().script(stored(OTHER_MD5));
    refusal(
        store().uploadPart("k", "u", new Part(1, 0, 5, true), HELLO), ErrorCode.CHECKSUM_MISMATCH);
  }

  @Test
  void aMissingBucketDoesNotLookLikeAMissingObject() {
    server()
        .script(
            seen ->
                seen.method().equals("HEAD")
                    ? Answer.status(404)
                    : Answer.error(404, "NoSuchBucket"));
    refusal(store().stat("k"), ErrorCode.PROVIDER_REJECTED);
    refusal(store().delete("k", null), ErrorCode.PROVIDER_REJECTED);
    refusal(store().read("k", 0, -1, null), ErrorCode.PROVIDER_REJECTED);
  }

  @Test
  void aServerWithoutConditionalDeletesDeletesAllTheSame() {
    server()
        .script(
            seen -> {
              if (seen.method().equals("HEAD")) {
                return head(HELLO_MD5, 5);
              }
              return seen.headers().contains("if-match")
                  ? Answer.error(501, "NotImplemented")
                  : Answer.status(204);
            });
    assertThat(outcome(store().delete("k", HELLO_MD5))).isTrue();
    assertThat(server().seen())
        .extracting(Seen::method)
        .containsExactly("HEAD", "DELETE", "DELETE");
  }

  @Test
  void anObjectThatAHeadDoesNotKnowIsDeletedAllTheSame() {
    server()
        .script(
            seen ->
                switch (seen.method()) {
                  case "HEAD" -> Answer.status(404);
                  case "DELETE" -> Answer.status(204);
                  default -> EMPTY_LIST;
                });
    assertThat(outcome(store().delete("k", HELLO_MD5))).isFalse();
    assertThat(server().seen()).anyMatch(seen -> seen.is("DELETE", "/test-bucket/k"));
  }

  @Test
  void anObjectWithAnotherTagIsNotDeletedWhateverTheServerKnows() {
    server().script(seen -> seen.method().equals("HEAD") ? head(OTHER_MD5, 5) : Answer.status(204));
    refusal(store().delete("k", HELLO_MD5), ErrorCode.PRECONDITION_FAILED);
    assertThat(server().seen()).noneMatch(seen -> seen.method().equals("DELETE"));
  }

  @Test
  void aServerWithoutChecksumsOfUploadsIsUsedWithout() {
    server()
        .script(
            seen ->
                seen.headers().contains("x-amz-checksum-algorithm")
                    ? Answer.error(501, "NotImplemented")
                    : Answer.status(200)
                        .body(
                            "<InitiateMultipartUploadResult><UploadId>u1</UploadId>"
                                + "</InitiateMultipartUploadResult>"));
    String upload = outcome(store().beginUpload("k", noMetadata()));
    server().script(stored(HELLO_MD5));
    String tag = outcome(store().uploadPart("k", upload, new Part(1, 0, 5, true), HELLO));
    assertThat(tag).isEqualTo(HELLO_MD5);
    Seen part = server().seen().get(server().seen().size() - 1);
    assertThat(part.uri()).contains("uploadId=u1");
    assertThat(part.headers().contains("x-amz-checksum-crc32c")).isFalse();
    assertThat(part.headers().get("content-md5")).isEqualTo("XUFAKrxLKna5cZ2REBfFkg==");
  }

  @Test
  void aLargeBodyArrivesWhole() {
    Buffer body = Buffer.buffer(new byte[3_000_001]).setInt(2_999_000, 42);
    server().script(seen -> stored(S3Body.of(seen.body()).md5().hex()));
    outcome(store().put("k", noMetadata(), body));
    assertThat(server().seen().get(0).body()).isEqualTo(body);
    assertThat(server().seen().get(0).headers().get("content-length")).isEqualTo("3000001");
  }

  private static Function<Seen, Answer> completing(Answer completion, Answer head) {
    return seen ->
        switch (seen.method()) {
          case "POST" -> completion;
          case "HEAD" -> head;
          default -> EMPTY_LIST;
        };
  }
}
