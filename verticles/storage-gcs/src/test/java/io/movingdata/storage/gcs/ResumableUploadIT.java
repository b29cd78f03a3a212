package io.movingdata.storage.gcs;

import static io.movingdata.storage.gcs.ScriptedGcs.await;
import static io.movingdata.storage.gcs.ScriptedGcs.content;
import static io.movingdata.storage.gcs.ScriptedGcs.error;
import static io.movingdata.storage.gcs.ScriptedGcs.failure;
import static io.movingdata.storage.gcs.ScriptedGcs.held;
import static io.movingdata.storage.gcs.ScriptedGcs.lost;
import static io.movingdata.storage.gcs.ScriptedGcs.object;
import static io.movingdata.storage.gcs.ScriptedGcs.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Resumable uploads against everything that the protocol allows a server to answer. */
class ResumableUploadIT {
  private static final int UNIT = ContentRanges.UNIT;
  private static final Buffer WHOLE = content(3 * UNIT + 5);
  private static final Part FIRST = new Part(1, 0, 2 * UNIT, false);
  private static final Part LAST = new Part(2, 2 * UNIT, UNIT + 5, true);
  private static final Buffer FIRST_BYTES = WHOLE.slice(0, 2 * UNIT);
  private static final Buffer LAST_BYTES = WHOLE.slice(2 * UNIT, WHOLE.length());
  private static final long CRC32C = Integer.toUnsignedLong(BodyDigest.crc32c(WHOLE).value());

  private final ScriptedGcs gcs = new ScriptedGcs();
  private GcsObjectStore store;
  private String upload;

  private final CapturedLog log = new CapturedLog();

  @BeforeEach
  void begin() {
    store = gcs.store();
    gcs.then(status(200, "", "Location", gcs.session()));
    upload = await(store.beginUpload("k", ScriptedGcs.metadata()));
  }

  @AfterEach
  void close() {
    gcs.finished();
    gcs.close();
    log.close();
    assertThat(log.text()).doesNotContain("s3cret");
  }

  @Test
  void anUploadGoesPartByPartAndIsComparedAtTheEnd() {
    gcs.then(held(2 * UNIT)).then(object("k", WHOLE, 77));

    await(store.uploadPart("k", upload, FIRST, FIRST_BYTES));
    await(store.uploadPart("k", upload, LAST, LAST_BYTES));
    ObjectStat stat = await(store.completeUpload("k", upload, parts(CRC32C)));

    assertThat(stat.size()).isEqualTo(WHOLE.length());
    assertThat(stat.etag()).isEqualTo("g77");
    assertThat(stat.checksum()).isEqualTo("crc32c:" + BodyDigest.crc32c(WHOLE).hex());
    assertThat(gcs.seen(0).method()).isEqualTo("POST");
    assertThat(gcs.seen(0).target())
        .isEqualTo(ScriptedGcs.UPLOADS + "?uploadType=resumable&ifGenerationMatch=0&name=k");
    assertThat(gcs.seen(0).body().toJsonObject().getJsonObject("metadata").getString("copy"))
        .isEqualTo("c-1");
    assertThat(gcs.seen(1).header("Content-Range")).isEqualTo("bytes 0-" + (2 * UNIT - 1) + "/*");
    assertThat(gcs.seen(1).header("X-Goog-Hash")).isNull();
    assertThat(gcs.seen(1).body()).isEqualTo(FIRST_BYTES);
    assertThat(gcs.seen(2).header("Content-Range"))
        .isEqualTo("bytes " + 2 * UNIT + "-" + (WHOLE.length() - 1) + "/" + WHOLE.length());
    assertThat(gcs.seen(2).header("X-Goog-Hash"))
        .isEqualTo("crc32c=" + BodyDigest.crc32c(WHOLE).base64());
    assertThat(gcs.seen(2).body()).isEqualTo(LAST_BYTES);
    assertThat(gcs.seen()).hasSize(3).noneMatch(seen -> seen.headers().contains("Authorization"));
  }

  @Test
  void aPartHeldInPartIsContinuedWhereItEnds() {
    gcs.then(held(UNIT)).then(held(2 * UNIT));

    await(store.uploadPart("k", upload, FIRST, FIRST_BYTES));

    assertThat(gcs.seen(2).header("Content-Range"))
        .isEqualTo("bytes " + UNIT + "-" + (2 * UNIT - 1) + "/*");
    assertThat(gcs.seen(2).body()).isEqualTo(WHOLE.slice(UNIT, 2 * UNIT));
  }

  @Test
  void aLastPartHeldInPartIsContinuedToItsEndWithTheChecksumOfTheWhole() {
    gcs.then(held(2 * UNIT)).then(held(3 * UNIT)).then(object("k", WHOLE, 1));

    await(store.uploadPart("k", upload, FIRST, FIRST_BYTES));
    await(store.uploadPart("k", upload, LAST, LAST_BYTES));

    assertThat(gcs.seen(3).header("Content-Range"))
        .isEqualTo("bytes " + 3 * UNIT + "-" + (WHOLE.length() - 1) + "/" + WHOLE.length());
    assertThat(gcs.seen(3).body()).isEqualTo(WHOLE.slice(3 * UNIT, WHOLE.length()));
    assertThat(gcs.seen(3).header("X-Goog-Hash"))
        .isEqualTo("crc32c=" + BodyDigest.crc32c(WHOLE).base64());
  }

  @Test
  void aPartOfWhichNothingWasHeldIsSentAgain() {
    gcs.then(held(0)).then(held(0)).then(held(2 * UNIT));

    await(store.uploadPart("k", upload, FIRST, FIRST_BYTES));

    assertThat(gcs.seen(1).body()).isEqualTo(FIRST_BYTES);
    assertThat(gcs.seen(2).header("Content-Range")).isEqualTo("bytes */*");
    assertThat(gcs.seen(3).body()).isEqualTo(FIRST_BYTES);
  }

  @Test
  void aServerThatLostWhatItHeldStartsTheUploadAgain() {
    gcs.then(held(2 * UNIT)).then(held(0)).then(held(0));

    await(store.uploadPart("k", upload, FIRST, FIRST_BYTES));
    MovingDataException failure = failure(store.uploadPart("k", upload, LAST, LAST_BYTES));

    assertThat(failure.code()).isEqualTo(ErrorCode.SESSION_LOST);
    assertThat(await(store.uploadedParts("k", upload)))
        .isEqualTo(new UploadedParts(0, List.of(), 0));
  }

  @Test
  void aPartWhoseAnswerWasLostIsNotSentTwice() {
    gcs.then(lost()).then(held(2 * UNIT));

    await(store.uploadPart("k", upload, FIRST, FIRST_BYTES));

    assertThat(gcs.seen(2).header("Content-Range")).isEqualTo("bytes */*");
    assertThat(gcs.seen(2).body().length()).isZero();
    assertThat(gcs.seen()).hasSize(3);
  }

  @Test
  void aPartThatIsHeldIsAcknowledgedWithoutSendingIt() {
    gcs.then(held(2 * UNIT));

    await(store.uploadPart("k", upload, FIRST, FIRST_BYTES));
    await(store.uploadPart("k", upload, FIRST, FIRST_BYTES));

    assertThat(gcs.seen()).hasSize(2);
  }

  @Test
  void aProcessThatKnowsNothingAsksBeforeItSends() {
    gcs.then(held(2 * UNIT)).then(object("k", WHOLE, 5));
    GcsObjectStore other = gcs.store();

    await(other.uploadPart("k", upload, FIRST, FIRST_BYTES));
    await(other.uploadPart("k", upload, LAST, LAST_BYTES));

    assertThat(gcs.seen(1).header("Content-Range")).isEqualTo("bytes */*");
    assertThat(gcs.seen(2).body()).isEqualTo(LAST_BYTES);
    assertThat(gcs.seen(2).header("X-Goog-Hash"))
        .isEqualTo("crc32c=" + BodyDigest.crc32c(WHOLE).base64());
  }

  @Test
  void aProcessThatSawOnlyTheLastPartNamesNoChecksumOfTheWhole() {
    gcs.then(held(2 * UNIT)).then(object("k", WHOLE, 5));

    await(gcs.store().uploadPart("k", upload, LAST, LAST_BYTES));

    assertThat(gcs.seen(2).body()).isEqualTo(LAST_BYTES);
    assertThat(gcs.seen(2).headers().contains("X-Goog-Hash")).isFalse();
  }

  @Test
  void anAnswerThatStallsAfterItsHeadIsAsGoodAsNone() {
    gcs.then(
            request ->
                request.response().setStatusCode(308).putHeader("Content-Length", "5").write("x"))
        .then(held(2 * UNIT));

    await(store.uploadPart("k", upload, FIRST, FIRST_BYTES));

    assertThat(gcs.seen()).hasSize(3);
  }

  @Test
  void aServerThatStopsReadingIsGivenUp() {
    Buffer much = content(64 * UNIT);
    for (int i = 0; i < 3; i++) {
      gcs.deaf();
    }
    MovingDataException failure =
        failure(store.uploadPart("k", upload, new Part(1, 0, much.length(), false), much));

    assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void aLastPartAllOfWhichIsHeldStillFinishesTheUpload() {
    gcs.then(held(2 * UNIT)).then(lost()).then(held(WHOLE.length())).then(object("k", WHOLE, 5));

    await(store.uploadPart("k", upload, FIRST, FIRST_BYTES));
    await(store.uploadPart("k", upload, LAST, LAST_BYTES));

    assertThat(gcs.seen(4).header("Content-Range")).isEqualTo("bytes */" + WHOLE.length());
    assertThat(gcs.seen(4).body().length()).isZero();
  }

  @Test
  void aBusyServerIsAskedAgainAfterTheTimeItNamed() {
    gcs.then(error(503, "backendError", "slow down", "Retry-After", "1"))
        .then(held(0))
        .then(held(2 * UNIT));
    long begun = System.nanoTime();

    await(store.uploadPart("k", upload, FIRST, FIRST_BYTES));

    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(1_000_000_000L);
  }

  @Test
  void aSessionGoneMidWayIsLostAndUnknown() {
    for (int gone : new int[] {404, 410}) {
      gcs.then(status(gone, "")).then(status(gone, ""));

      assertThat(failure(store.uploadPart("k", upload, FIRST, FIRST_BYTES)).code())
          .isEqualTo(ErrorCode.SESSION_LOST);
      assertThat(await(store.uploadedParts("k", upload))).isNull();
    }
  }

  @Test
  void whatIsHeldIsCountedWithItsChecksumWhereThisProcessSentIt() {
    gcs.then(held(2 * UNIT)).then(held(2 * UNIT)).then(held(2 * UNIT));

    await(store.uploadPart("k", upload, FIRST, FIRST_BYTES));

    long crc32c = Integer.toUnsignedLong(BodyDigest.crc32c(FIRST_BYTES).value());
    assertThat(await(store.uploadedParts("k", upload)))
        .isEqualTo(new UploadedParts(2 * UNIT, List.of(), crc32c));
    assertThat(await(gcs.store().uploadedParts("k", upload)))
        .isEqualTo(new UploadedParts(2 * UNIT, List.of(), -1));
  }

  @Test
  void aFinishedUploadIsAllThereWithTheObjectsChecksum() {
    gcs.then(object("k", WHOLE, 3));

    assertThat(await(store.uploadedParts("k", upload))).isEqualTo(parts(CRC32C));
  }

  @Test
  void aFinishedUploadAnsweredWithoutTheObjectIsLookedUp() {
    gcs.then(status(200, "")).then(object("k", WHOLE, 3));

    assertThat(await(store.uploadedParts("k", upload))).isEqualTo(parts(CRC32C));
    assertThat(gcs.seen(2).target()).startsWith("/storage/v1/b/bucket-1/o/k?");
  }

  @Test
  void completingAnUploadThatIsShortIsRefused() {
    gcs.then(held(UNIT));

    assertThat(failure(store.completeUpload("k", upload, parts(CRC32C))).code())
        .isEqualTo(ErrorCode.SESSION_LOST);
  }

  @Test
  void completingComparesSizeAndChecksum() {
    gcs.then(object("k", WHOLE, 3)).then(object("k", WHOLE.slice(1, WHOLE.length()), 3));

    assertThat(failure(store.completeUpload("k", upload, parts(CRC32C ^ 1))).code())
        .isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
    GcsObjectStore other = gcs.store();
    assertThat(failure(other.completeUpload("k", upload, parts(-1))).code())
        .isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
  }

  @Test
  void completingAgainAfterTheSessionIsForgottenFindsTheObject() {
    gcs.then(status(404, "")).then(object("k", WHOLE, 3));

    assertThat(await(store.completeUpload("k", upload, parts(CRC32C))).etag()).isEqualTo("g3");
  }

  @Test
  void completingAnUploadThatNeverWasFindsNothing() {
    gcs.then(status(404, "")).then(error(404, "notFound", "No such object: bucket-1/k"));

    assertThat(failure(store.completeUpload("k", upload, parts(CRC32C))).code())
        .isEqualTo(ErrorCode.OBJECT_NOT_FOUND);
  }

  @Test
  void aBelatedWriterFindsTheObjectThatAnotherFinished() {
    gcs.then(held(2 * UNIT))
        .then(error(412, "conditionNotMet", "At least one of the conditions did not hold"))
        .then(object("k", WHOLE, 9))
        .then(error(412, "conditionNotMet", "At least one of the conditions did not hold"))
        .then(object("k", WHOLE, 9));

    await(store.uploadPart("k", upload, FIRST, FIRST_BYTES));
    await(store.uploadPart("k", upload, LAST, LAST_BYTES));

    assertThat(await(store.completeUpload("k", upload, parts(CRC32C))).etag()).isEqualTo("g9");
  }

  @Test
  void bytesThatArriveDamagedEndTheSession() {
    gcs.then(held(2 * UNIT))
        .then(error(400, "invalid", "Provided CRC32C is not the calculated one"))
        .then(status(499, ""));

    await(store.uploadPart("k", upload, FIRST, FIRST_BYTES));

    assertThat(failure(store.uploadPart("k", upload, LAST, LAST_BYTES)).code())
        .isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
    assertThat(gcs.seen(3).method()).isEqualTo("DELETE");
  }

  @Test
  void aPartOutOfOrderIsNotSent() {
    assertThat(failure(store.uploadPart("k", upload, LAST, LAST_BYTES)).code())
        .isEqualTo(ErrorCode.SESSION_LOST);
    assertThat(gcs.seen()).hasSize(1);
  }

  @Test
  void abortingIsDoneOnceTheSessionIsGone() {
    gcs.then(status(499, "")).then(status(404, "")).then(status(410, "")).then(status(204, ""));

    for (int i = 0; i < 4; i++) {
      await(store.abortUpload("k", upload));
    }

    assertThat(gcs.seen(1).method()).isEqualTo("DELETE");
    assertThat(gcs.seen(1).target()).contains("upload_id=s3cret-session");
  }

  @Test
  void aSessionElsewhereIsNeverContacted() {
    String elsewhere = "http://127.0.0.1:1" + ScriptedGcs.UPLOADS + "?upload_id=s3cret-session";

    for (MovingDataException failure :
        List.of(
            failure(store.uploadedParts("k", elsewhere)),
            failure(store.uploadPart("k", elsewhere, FIRST, FIRST_BYTES)),
            failure(store.completeUpload("k", elsewhere, parts(-1))),
            failure(store.abortUpload("k", elsewhere)))) {
      assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_REJECTED);
      assertThat(failure).hasMessageNotContaining("s3cret");
    }
    gcs.then(status(200, "", "Location", elsewhere));
    assertThat(failure(store.beginUpload("k", ScriptedGcs.metadata())).code())
        .isEqualTo(ErrorCode.PROVIDER_REJECTED);
    assertThat(gcs.seen()).hasSize(2);
  }

  @Test
  void anUploadOverAnObjectThatIsThereNamesWhatItReplaces() {
    gcs.then(error(412, "conditionNotMet", "At least one of the conditions did not hold"))
        .then(object("k", WHOLE, 8))
        .then(status(200, "", "Location", gcs.session()));

    await(store.beginUpload("k", ScriptedGcs.metadata()));

    assertThat(gcs.seen(3).target()).contains("&ifGenerationMatch=8&");
  }

  @Test
  void noFailureRepeatsTheSession() {
    for (int i = 0; i < 3; i++) {
      gcs.then(ScriptedGcs.silence());
    }

    MovingDataException silent = failure(store.uploadedParts("k", upload));

    assertThat(silent.code()).isEqualTo(ErrorCode.PROVIDER_DOWN);
    assertThat(silent).hasMessageNotContaining("s3cret").hasNoCause();
  }

  private static UploadedParts parts(long crc32c) {
    return new UploadedParts(WHOLE.length(), List.of(), crc32c);
  }
}
