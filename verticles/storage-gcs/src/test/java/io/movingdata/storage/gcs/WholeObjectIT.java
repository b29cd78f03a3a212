package io.movingdata.storage.gcs;

import static io.movingdata.storage.gcs.ScriptedGcs.await;
import static io.movingdata.storage.gcs.ScriptedGcs.bytes;
import static io.movingdata.storage.gcs.ScriptedGcs.content;
import static io.movingdata.storage.gcs.ScriptedGcs.error;
import static io.movingdata.storage.gcs.ScriptedGcs.failure;
import static io.movingdata.storage.gcs.ScriptedGcs.lost;
import static io.movingdata.storage.gcs.ScriptedGcs.object;
import static io.movingdata.storage.gcs.ScriptedGcs.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.LocationConfig.GcsCredentials;
import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ByteSource;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole objects, listings and the bucket against servers that fail in every way known. */
class WholeObjectIT {
  private static final Buffer CONTENT = content(100_000);
  private static final String CONDITION = "At least one of the conditions did not hold";

  private final ScriptedGcs gcs = new ScriptedGcs();
  private final GcsObjectStore store = gcs.store();

  @AfterEach
  void close() {
    gcs.finished();
    gcs.close();
  }

  @Test
  void anObjectIsSentWithItsChecksumsInOneRequest() {
    gcs.then(object("a/b", CONTENT, 12));

    ObjectStat stat = await(store.put("a/b", ScriptedGcs.metadata(), CONTENT));

    assertThat(stat.size()).isEqualTo(CONTENT.length());
    assertThat(stat.etag()).isEqualTo("g12");
    ScriptedGcs.Seen seen = gcs.seen(0);
    assertThat(seen.target())
        .isEqualTo(ScriptedGcs.UPLOADS + "?uploadType=multipart&ifGenerationMatch=0&name=a%2Fb");
    String boundary = seen.header("Content-Type").replaceFirst("multipart/related; boundary=", "");
    String body = seen.body().toString("ISO-8859-1");
    BodyDigest digest = BodyDigest.of(CONTENT);
    assertThat(body)
        .startsWith("--" + boundary + "\r\nContent-Type: application/json")
        .contains("\"name\":\"a/b\"")
        .contains("\"crc32c\":\"" + digest.crc32c().base64() + "\"")
        .contains("\"md5Hash\":\"" + digest.md5().base64() + "\"")
        .contains("\"cacheControl\":\"no-transform\"")
        .contains("\r\n\r\n" + CONTENT.toString("ISO-8859-1") + "\r\n--" + boundary + "--\r\n");
    assertThat(seen.headers().contains("Accept-Encoding")).isFalse();
  }

  @Test
  void anAnswerWithAnotherChecksumOrSizeIsAMismatchAndNotRepeated() {
    Buffer other = CONTENT.copy().setByte(5, (byte) ~CONTENT.getByte(5));
    gcs.then(object("k", other, 12)).then(object("k", CONTENT.slice(0, 99_999), 13));

    for (int i = 0; i < 2; i++) {
      assertThat(failure(store.put("k", ScriptedGcs.metadata(), CONTENT)).code())
          .isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
    }
    assertThat(gcs.seen()).hasSize(2);
  }

  @Test
  void bytesThatArriveDamagedAreSentAgain() {
    gcs.then(error(400, "invalid", "Provided MD5 hash does not match calculated MD5 hash"))
        .then(object("k", CONTENT, 12));

    assertThat(await(store.put("k", ScriptedGcs.metadata(), CONTENT)).etag()).isEqualTo("g12");
  }

  @Test
  void aWriteWhoseAnswerWasLostFindsItsObject() {
    gcs.then(lost()).then(error(412, "conditionNotMet", CONDITION)).then(object("k", CONTENT, 4));

    assertThat(await(store.put("k", ScriptedGcs.metadata(), CONTENT)).etag()).isEqualTo("g4");
    assertThat(gcs.seen(2).method()).isEqualTo("GET");
  }

  @Test
  void anObjectThatAnEarlierTryDamagedIsReplacedAndNothingElse() {
    gcs.then(error(412, "conditionNotMet", CONDITION))
        .then(object("k", content(7), 4))
        .then(object("k", CONTENT, 5));

    assertThat(await(store.put("k", ScriptedGcs.metadata(), CONTENT)).etag()).isEqualTo("g5");
    assertThat(gcs.seen(2).target()).contains("&ifGenerationMatch=4&");
  }

  @Test
  void nonsenseInAnAnswerIsAFailureOfTheProvider() {
    for (String body : List.of("", "<html>ok</html>", "{}", "[]", "null", "{\"name\":\"k\"}")) {
      gcs.then(status(200, body)).then(status(200, body)).then(status(200, body));
      assertThat(failure(store.stat("k")).code()).isEqualTo(ErrorCode.PROVIDER_DOWN);
    }
  }

  @Test
  void refusalsAreToldApart() {
    expect(error(404, "notFound", "No such object: bucket-1/k"), ErrorCode.OBJECT_NOT_FOUND);
    expect(
        error(404, "notFound", "The specified bucket does not exist."),
        ErrorCode.PROVIDER_REJECTED);
    expect(error(401, "authError", "Invalid Credentials"), ErrorCode.PROVIDER_REJECTED);
    expect(error(403, "forbidden", "no access, canary"), ErrorCode.PROVIDER_REJECTED);
    expect(error(400, "invalid", "canary"), ErrorCode.PROVIDER_REJECTED);
  }

  private void expect(ScriptedGcs.Reply reply, ErrorCode code) {
    gcs.then(reply);
    MovingDataException failure = failure(store.stat("k"));
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageNotContaining("canary").hasNoCause();
  }

  @Test
  void whatPassesIsTriedAgain() {
    gcs.then(error(429, "rateLimitExceeded", "slow"))
        .then(error(403, "userRateLimitExceeded", "slow"))
        .then(object("k", CONTENT, 3));
    assertThat(await(store.stat("k")).etag()).isEqualTo("g3");
    gcs.then(status(500, "")).then(status(502, "<html>")).then(object("k", CONTENT, 3));
    assertThat(await(store.stat("k")).metadata()).isEqualTo(ScriptedGcs.metadata());
  }

  @Test
  void aLongWaitIsLeftToTheCaller() {
    gcs.then(error(503, "backendError", "maintenance", "Retry-After", "3600"));

    MovingDataException failure = failure(store.stat("k"));

    assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_BUSY);
    assertThat(failure.retryAfterMs()).isEqualTo(3_600_000);
  }

  @Test
  void anAnswerThatStallsAfterItsHeadIsAsGoodAsNone() {
    gcs.then(request -> request.response().putHeader("Content-Length", "500").write("{"))
        .then(object("k", CONTENT, 3));

    assertThat(await(store.stat("k")).etag()).isEqualTo("g3");
  }

  @Test
  void anAnswerThatTricklesIsAsGoodAsNone() {
    gcs.then(this::trickle).then(object("k", CONTENT, 3));

    assertThat(await(store.stat("k")).etag()).isEqualTo("g3");
  }

  @Test
  void anAnswerWithoutEndIsAsGoodAsNone() {
    gcs.then(status(200, " ".repeat(17 << 20))).then(object("k", CONTENT, 3));

    assertThat(await(store.stat("k")).etag()).isEqualTo("g3");
  }

  @Test
  void somebodyElsesNotFoundSaysNothing() {
    for (int i = 0; i < 3; i++) {
      gcs.then(status(404, "<html>no such page</html>"));
    }
    assertThat(failure(store.delete("k", null)).code()).isEqualTo(ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void aServerThatIsAwayIsDown() {
    ScriptedGcs away = new ScriptedGcs();
    LocationConfig location = ScriptedGcs.location(away.endpoint(), null);
    away.close();
    Vertx vertx = Vertx.vertx();
    GcsObjectStore store =
        new GcsObjectStore(
            vertx, ScriptedGcs.cpu(vertx), location, Clock.systemUTC(), ScriptedGcs.LIMITS);

    assertThat(failure(store.probe()).code()).isEqualTo(ErrorCode.PROVIDER_DOWN);
    await(vertx.close());
  }

  @Test
  void aRangeIsReadFromTheGenerationThatWasDescribed() {
    gcs.then(object("k", CONTENT, 6))
        .then(
            bytes(206, CONTENT.slice(10, 30), "Content-Range", "bytes 10-29/" + CONTENT.length()));

    ByteSource source = await(store.read("k", 10, 20, "g6"));

    assertThat(source.stat().size()).isEqualTo(CONTENT.length());
    assertThat(drain(source)).isEqualTo(CONTENT.slice(10, 30));
    assertThat(gcs.seen(1).target()).endsWith("?alt=media&ifGenerationMatch=6");
    assertThat(gcs.seen(1).header("Range")).isEqualTo("bytes=10-29");
    assertThat(gcs.seen(1).headers().contains("Accept-Encoding")).isFalse();
  }

  @Test
  void anObjectThatChangedIsNotRead() {
    gcs.then(object("k", CONTENT, 7));
    assertThat(failure(store.read("k", 0, -1, "g6")).code())
        .isEqualTo(ErrorCode.PRECONDITION_FAILED);
    gcs.then(object("k", CONTENT, 6)).then(error(412, "conditionNotMet", CONDITION));
    assertThat(failure(store.read("k", 0, -1, "g6")).code())
        .isEqualTo(ErrorCode.PRECONDITION_FAILED);
  }

  @Test
  void aRangeOutsideTheObjectIsRefusedAndAnEmptyObjectIsEmpty() {
    gcs.then(object("k", CONTENT, 7)).then(object("k", content(0), 7));
    assertThat(failure(store.read("k", CONTENT.length(), -1, null)).code())
        .isEqualTo(ErrorCode.RANGE_NOT_SATISFIABLE);
    assertThat(drain(await(store.read("k", 0, -1, null))).length()).isZero();
  }

  @Test
  void anAnswerWithAnotherRangeLengthOrEncodingIsNonsense() {
    String whole = "bytes 0-9/" + CONTENT.length();
    for (ScriptedGcs.Reply reply :
        List.of(
            bytes(200, CONTENT),
            bytes(206, CONTENT.slice(0, 10)),
            bytes(206, CONTENT.slice(0, 10), "Content-Range", "bytes 1-10/" + CONTENT.length()),
            bytes(206, CONTENT.slice(0, 9), "Content-Range", whole),
            bytes(206, CONTENT.slice(0, 10), "Content-Range", whole, "Content-Encoding", "gzip"),
            chunked(206, CONTENT.slice(0, 10), whole))) {
      gcs.then(object("k", CONTENT, 7)).then(reply).then(reply).then(reply);
      assertThat(failure(store.read("k", 0, 10, null)).code()).isEqualTo(ErrorCode.PROVIDER_DOWN);
    }
  }

  @Test
  void aDownloadThatIsCutOffFails() {
    gcs.then(object("k", CONTENT, 7))
        .then(
            request -> {
              request
                  .response()
                  .putHeader("Content-Length", Integer.toString(CONTENT.length()))
                  .write(CONTENT.slice(0, 50_000))
                  .onComplete(written -> request.connection().close());
            });

    ByteSource source = await(store.read("k", 0, -1, null));

    assertThat(drainFailure(source).code()).isEqualTo(ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void aDownloadThatStallsFails() {
    gcs.then(object("k", CONTENT, 7))
        .then(
            request ->
                request
                    .response()
                    .putHeader("Content-Length", Integer.toString(CONTENT.length()))
                    .write(CONTENT.slice(0, 50_000)));

    ByteSource source = await(store.read("k", 0, -1, null));

    assertThat(drainFailure(source)).hasMessageContaining("stalled");
  }

  @Test
  void aDownloadThatTricklesFails() {
    gcs.then(object("k", CONTENT, 7)).then(this::trickle);

    ByteSource source = await(store.read("k", 0, -1, null));

    assertThat(drainFailure(source)).hasMessageContaining("stalled");
  }

  private void trickle(HttpServerRequest request) {
    request.response().putHeader("Content-Length", Integer.toString(CONTENT.length()));
    Vertx.currentContext()
        .owner()
        .setPeriodic(1, 20, id -> request.response().write(CONTENT.slice(0, 1)));
  }

  @Test
  void aSlowReaderIsNoStall() {
    gcs.then(object("k", CONTENT, 7)).then(bytes(200, CONTENT));
    ByteSource source = await(store.read("k", 0, -1, null));
    Buffer first = await(source.next());

    // Longer than a provider may stall.
    Awaitility.await()
        .pollDelay(Duration.ofMillis(2 * ScriptedGcs.LIMITS.progressMs()))
        .until(() -> true);

    assertThat(first.copy().appendBuffer(drain(source))).isEqualTo(CONTENT);
  }

  @Test
  void aConnectionIsUsedAgainAfterAReadAndFreedByACloseMidWay() {
    for (int i = 0; i < 2 * ScriptedGcs.LIMITS.connections(); i++) {
      gcs.then(object("k", CONTENT, 7)).then(bytes(200, CONTENT));
      drain(await(store.read("k", 0, -1, null)));
      gcs.then(object("k", content(4 * 1024 * 1024), 7)).then(bytes(200, content(4 * 1024 * 1024)));
      ByteSource closed = await(store.read("k", 0, -1, null));
      await(closed.next());
      closed.close();
      closed.close();
      assertThat(drainFailure(closed).code()).isEqualTo(ErrorCode.PROVIDER_DOWN);
    }
  }

  @Test
  void aReaderThatStopsNearTheEndHoldsUpNobodyElse() {
    GcsObjectStore single = gcs.storeOfOneConnection();
    for (int size = 4_096; size < 200_000; size += 4_096) {
      Buffer bytes = content(size);
      gcs.then(object("k", bytes, 7)).then(bytes(200, bytes));
      ByteSource stopped = await(single.read("k", 0, -1, null));

      gcs.then(object("k", CONTENT, 7)).then(bytes(200, CONTENT));
      assertThat(drain(await(single.read("k", 0, -1, null)))).isEqualTo(CONTENT);

      assertThat(drain(stopped)).isEqualTo(bytes);
    }
  }

  @Test
  void aReadThatIsGivenUpHoldsUpNobodyElse() {
    GcsObjectStore single = gcs.storeOfOneConnection();
    for (int size = 250_000; size < 600_000; size += 8_000) {
      Buffer bytes = content(size);
      gcs.then(object("k", bytes, 7)).then(bytes(200, bytes));
      ByteSource given = await(single.read("k", 0, -1, null));
      await(given.next());
      given.close();

      gcs.then(object("k", CONTENT, 7)).then(bytes(200, CONTENT));
      assertThat(drain(await(single.read("k", 0, -1, null)))).isEqualTo(CONTENT);
    }
  }

  @Test
  void aDeleteSaysWhetherThereWasAnObject() {
    gcs.then(status(204, "")).then(error(404, "notFound", "No such object: bucket-1/k"));
    assertThat(await(store.delete("k", "g6"))).isTrue();
    assertThat(gcs.seen(0).method()).isEqualTo("DELETE");
    assertThat(gcs.seen(0).target()).endsWith("/o/k?ifGenerationMatch=6");
    assertThat(await(store.delete("k", null))).isFalse();
    assertThat(gcs.seen(1).target()).endsWith("/o/k");
  }

  @Test
  void aDeleteNeverTakesANewerObject() {
    gcs.then(error(412, "conditionNotMet", CONDITION)).then(object("k", CONTENT, 9));
    assertThat(failure(store.delete("k", "g6")).code()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
    assertThat(failure(store.delete("k", "\"md5\"")).code())
        .isEqualTo(ErrorCode.PRECONDITION_FAILED);
    gcs.then(error(412, "conditionNotMet", CONDITION))
        .then(error(404, "notFound", "No such object: bucket-1/k"));
    assertThat(await(store.delete("k", "g6"))).isFalse();
  }

  @Test
  void aDeleteInAMissingBucketIsARefusal() {
    gcs.then(error(404, "notFound", "The specified bucket does not exist."));
    assertThat(failure(store.delete("k", null)).code()).isEqualTo(ErrorCode.PROVIDER_REJECTED);
  }

  @Test
  void aListingHasObjectsPrefixesAndTheNextPage() {
    gcs.then(
            status(
                200,
                "{\"items\":["
                    + ScriptedGcs.resource("p/a", CONTENT, 3)
                    + "],\"prefixes\":[\"p/q/\"],\"nextPageToken\":\"t\"}"))
        .then(status(200, "{\"kind\":\"storage#objects\"}"));

    ListPage page = await(store.list(new ListRequest("p/", "/", null, 5)));

    assertThat(page.objects()).hasSize(1);
    assertThat(page.objects().get(0).key()).isEqualTo("p/a");
    assertThat(page.prefixes()).containsExactly("p/q/");
    assertThat(page.next()).isEqualTo("t");
    assertThat(await(store.list(new ListRequest("p/", "/", "t", 5))))
        .isEqualTo(new ListPage(List.of(), List.of(), null));
  }

  @Test
  void aMissingBucketIsCreatedInTheProject() {
    GcsObjectStore withProject =
        gcs.store(new GcsCredentials(null, null, null, "project-1"), Clock.systemUTC());
    gcs.then(error(404, "notFound", "The specified bucket does not exist."))
        .then(error(409, "conflict", "You already own this bucket."));

    await(withProject.ensure());

    assertThat(gcs.seen(1).target()).isEqualTo("/storage/v1/b?project=project-1");
    assertThat(gcs.seen(1).body().toJsonObject().getString("name")).isEqualTo("bucket-1");
    gcs.then(status(200, "{}"));
    assertThat(await(withProject.probe())).isEqualTo("bucket-1");
    gcs.then(error(404, "notFound", "The specified bucket does not exist."));
    assertThat(failure(withProject.probe()).code()).isEqualTo(ErrorCode.PROVIDER_REJECTED);
  }

  private static ScriptedGcs.Reply chunked(int status, Buffer body, String range) {
    return request ->
        request
            .response()
            .setStatusCode(status)
            .putHeader("Content-Range", range)
            .setChunked(true)
            .end(body);
  }

  private static Buffer drain(ByteSource source) {
    Buffer all = Buffer.buffer();
    for (Buffer next = await(source.next()); next != null; next = await(source.next())) {
      all.appendBuffer(next);
    }
    return all;
  }

  private static MovingDataException drainFailure(ByteSource source) {
    try {
      Buffer all = drain(source);
      throw new AssertionError("ended well after " + all.length() + " bytes");
    } catch (MovingDataException e) {
      return e;
    }
  }
}
