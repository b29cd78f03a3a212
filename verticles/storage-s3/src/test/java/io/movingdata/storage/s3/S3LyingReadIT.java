package io.movingdata.storage.s3;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.storage.ByteSource;
import io.movingdata.storage.s3.ScriptedServer.Answer;
import io.movingdata.storage.s3.ScriptedServer.Ending;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Reads from servers that lie, break or stall. */
class S3LyingReadIT extends LyingServerBase {
  private static final Buffer TEN = Buffer.buffer("0123456789");

  @Test
  void aDownloadThatEndsEarlyFails() {
    server()
        .script(stored(OTHER_MD5).header("content-length", "1000").body(TEN).ending(Ending.CUT));
    ByteSource source = outcome(store().read("k", 0, -1, null));
    assertThat(outcome(source.next())).isEqualTo(TEN);
    refusal(source.next(), ErrorCode.PROVIDER_DOWN);
    refusal(source.next(), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void aRangeThatEndsEarlyFailsWithoutALengthToo() {
    server().script(partial("bytes 0-99/1000").header("transfer-encoding", "chunked").body(TEN));
    ByteSource source = outcome(store().read("k", 0, 100, null));
    assertThat(outcome(source.next())).isEqualTo(TEN);
    refusal(source.next(), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void moreBytesThanAnnouncedAreAFailure() {
    server().script(partial("bytes 0-4/1000").header("transfer-encoding", "chunked").body(TEN));
    ByteSource source = outcome(store().read("k", 0, 5, null));
    refusal(source.next(), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void aBodyOfUnknownLengthIsNotAccepted() {
    server().script(stored(OTHER_MD5).header("transfer-encoding", "chunked").body(TEN));
    refusal(store().read("k", 0, -1, null), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void aDownloadThatStallsFails() {
    server()
        .script(stored(OTHER_MD5).header("content-length", "1000").body(TEN).ending(Ending.STALL));
    ByteSource source = outcome(store().read("k", 0, -1, null));
    assertThat(outcome(source.next())).isEqualTo(TEN);
    refusal(source.next(), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void aDownloadThatDribblesFails() {
    server().script(stored(OTHER_MD5).header("content-length", "9000").ending(Ending.DRIBBLE));
    ByteSource source = outcome(store().read("k", 0, -1, null));
    refusal(drained(source), ErrorCode.PROVIDER_DOWN);
  }

  private static Future<Void> drained(ByteSource source) {
    return source
        .next()
        .compose(piece -> piece == null ? Future.succeededFuture() : drained(source));
  }

  @Test
  void anAnswerThatDribblesIsGivenUp() {
    server().script(Answer.status(200).header("content-length", "9000").ending(Ending.DRIBBLE));
    refusal(store().probe(), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void aReaderMayTakeItsTime() {
    Buffer large = Buffer.buffer(new byte[8_000_000]).setInt(7_000_000, 42);
    server()
        .script(
            stored(OTHER_MD5)
                .header("content-length", Integer.toString(large.length()))
                .body(large));
    ByteSource source = outcome(store().read("k", 0, -1, null));
    Buffer all = Buffer.buffer().appendBuffer(outcome(source.next()));
    long patience = 3 * SHORT.progressMs();
    long begun = System.nanoTime();
    Awaitility.await()
        .until(() -> System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(patience));
    for (Buffer b = outcome(source.next()); b != null; b = outcome(source.next())) {
      all.appendBuffer(b);
    }
    assertThat(all).isEqualTo(large);
  }

  @Test
  void aServerThatIgnoresTheRangeIsNotBelieved() {
    server().script(stored(OTHER_MD5).body(TEN));
    refusal(store().read("k", 5, -1, null), ErrorCode.PROVIDER_DOWN);
    refusal(store().read("k", 0, 5, null), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void otherBytesThanWereAskedForAreNotAccepted() {
    server().script(partial("bytes 1-5/1000").body("12345"));
    refusal(store().read("k", 0, 5, null), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void anotherObjectThanWasAskedForIsNotAccepted() {
    server().script(stored(OTHER_MD5).body(TEN));
    refusal(store().read("k", 0, -1, HELLO_MD5), ErrorCode.PRECONDITION_FAILED);
    assertThat(server().seen().get(0).headers().get("if-match")).isEqualTo('"' + HELLO_MD5 + '"');
  }

  @Test
  void aMissingObjectMustBeSaidInS3sWords() {
    server().script(Answer.status(404).body("<html>no such page</html>"));
    refusal(store().read("k", 0, -1, null), ErrorCode.PROVIDER_DOWN);
    server().script(Answer.error(404, "NoSuchKey"));
    refusal(store().read("k", 0, -1, null), ErrorCode.OBJECT_NOT_FOUND);
  }

  @Test
  void aBusyServerIsAskedAgain() {
    server().script(Answer.error(503, "SlowDown"), stored(OTHER_MD5).body(TEN));
    ByteSource source = outcome(store().read("k", 0, -1, null));
    assertThat(outcome(source.next())).isEqualTo(TEN);
    assertThat(outcome(source.next())).isNull();
  }

  @Test
  void compressedObjectsAreDeliveredAsTheyAre() throws IOException {
    Buffer zipped = gzip("content");
    server().script(stored(OTHER_MD5).header("content-encoding", "gzip").body(zipped));
    ByteSource source = outcome(store().read("k", 0, -1, null));
    assertThat(outcome(source.next())).isEqualTo(zipped);
    assertThat(server().seen().get(0).headers().contains("accept-encoding")).isFalse();
  }

  @Test
  void aListingThatNeverAdvancesIsGivenUp() {
    server()
        .script(
            Answer.status(200)
                .body(
                    "<ListBucketResult><IsTruncated>true</IsTruncated>"
                        + "<NextContinuationToken>t</NextContinuationToken></ListBucketResult>"));
    refusal(store().list(new ListRequest("", null, "t", 10)), ErrorCode.PROVIDER_DOWN);
    server()
        .script(
            Answer.status(200)
                .body(
                    "<ListPartsResult><IsTruncated>true</IsTruncated>"
                        + "<NextPartNumberMarker>7</NextPartNumberMarker></ListPartsResult>"));
    refusal(store().uploadedParts("k", "u"), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void anAnswerWithoutEndIsGivenUp() {
    server().script(Answer.status(200).body(Buffer.buffer(new byte[SHORT.maxAnswerBytes() + 1])));
    refusal(store().probe(), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void partsAndUploadsAreReadPageByPage() {
    server()
        .script(
            seen ->
                Answer.status(200)
                    .body(
                        seen.uri().contains("part-number-marker=1")
                            ? "<ListPartsResult>" + part(2) + "</ListPartsResult>"
                            : "<ListPartsResult><IsTruncated>true</IsTruncated>"
                                + "<NextPartNumberMarker>1</NextPartNumberMarker>"
                                + part(1)
                                + "</ListPartsResult>"));
    assertThat(outcome(store().uploadedParts("k", "u")).size()).isEqualTo(10);
  }

  @Test
  void anUploadIsAsOldAsItIsKnown() {
    server()
        .script(
            seen ->
                Answer.status(200)
                    .body(
                        "<ListMultipartUploadsResult><Upload><Key>k</Key><UploadId>u</UploadId>"
                            + "<Initiated>"
                            + Instant.now().plusSeconds(5)
                            + "</Initiated></Upload></ListMultipartUploadsResult>"));
    S3ObjectStore store = store();
    Instant begun = Instant.now();
    assertThat(outcome(store.unfinishedUploads(begun))).isEmpty();
    assertThat(outcome(store.unfinishedUploads(begun.plusSeconds(2))))
        .extracting(upload -> upload.key())
        .containsExactly("k");
  }

  private static String part(int number) {
    return "<Part><PartNumber>%d</PartNumber><ETag>\"%s\"</ETag><Size>5</Size></Part>"
        .formatted(number, HELLO_MD5);
  }

  private static Answer partial(String contentRange) {
    return new Answer(206, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(), Ending.WHOLE)
        .header("etag", '"' + OTHER_MD5 + '"')
        .header("content-range", contentRange);
  }

  private static Buffer gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
