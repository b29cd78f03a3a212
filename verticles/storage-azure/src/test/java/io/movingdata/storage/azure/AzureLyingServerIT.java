package io.movingdata.storage.azure;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.checksum.Md5Value;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.storage.ByteSource;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.movingdata.testkit.Contents;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The store against servers that fail, lie, stall and break off. */
class AzureLyingServerIT {
  private static final Map<String, String> METADATA = Map.of("mdcopy", "abc");
  private static final Buffer BODY = Contents.buffer(1, 5_000);
  private static final int TRIES = 3;
  private static final AzureLimits HASTY =
      new AzureLimits(
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofMillis(500),
          1_000,
          new RetryPolicy(TRIES, 1, 5),
          Duration.ofSeconds(5));

  private final List<ObjectStore> opened = new ArrayList<>();
  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() {
    opened.forEach(store -> outcome(store.close()));
    outcome(vertx.close());
  }

  private ObjectStore store(ScriptedAzure server) {
    ObjectStore store = AzureObjectStore.of(vertx, Locations.at(server.endpoint()), HASTY);
    opened.add(store);
    return store;
  }

  private String md5(Buffer body) {
    return outcome(Payload.of(vertx, body)).md5Base64();
  }

  private static Part whole(Buffer body) {
    return new Part(1, 0, body.length(), true);
  }

  static Stream<Named<Function<ObjectStore, Future<?>>>> everyCall() {
    String upload = AzureUploadId.begin(java.time.Instant.now(), METADATA).text();
    UploadedParts parts = new UploadedParts(5_000, List.of("5000"), -1);
    return Stream.of(
        Named.of("ensure", ObjectStore::ensure),
        Named.of("probe", ObjectStore::probe),
        Named.of("stat", store -> store.stat("k")),
        Named.of("read", store -> store.read("k", 0, -1, null)),
        Named.of("put", store -> store.put("k", METADATA, BODY)),
        Named.of("uploadedParts", store -> store.uploadedParts("k", upload)),
        Named.of("uploadPart", store -> store.uploadPart("k", upload, whole(BODY), BODY)),
        Named.of("completeUpload", store -> store.completeUpload("k", upload, parts)),
        Named.of("abortUpload", store -> store.abortUpload("k", upload)),
        Named.of("delete", store -> store.delete("k", null)),
        Named.of("list", store -> store.list(new ListRequest("", null, null, 10))),
        Named.of("unfinished", store -> store.unfinishedUploads(java.time.Instant.now())));
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void triesEveryCallAFewTimesWhileTheServerIsBusy(Function<ObjectStore, Future<?>> call) {
    ScriptedAzure server = new ScriptedAzure(vertx, ScriptedAzure.refusal(503, "ServerBusy"));

    refusal(call.apply(store(server)), ErrorCode.PROVIDER_BUSY);

    assertThat(server.asked()).hasSize(TRIES);
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void triesEveryCallAgainWhenTheServerBreaksOff(Function<ObjectStore, Future<?>> call) {
    ScriptedAzure server =
        new ScriptedAzure(
            vertx, ScriptedAzure.lost(), ScriptedAzure.refusal(403, "AuthorizationFailure"));

    refusal(call.apply(store(server)), ErrorCode.PROVIDER_REJECTED);

    assertThat(server.asked()).hasSizeBetween(2, 3);
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void givesUpOnASilentServer(Function<ObjectStore, Future<?>> call) {
    ScriptedAzure server = new ScriptedAzure(vertx, ScriptedAzure.silence());

    refusal(call.apply(store(server)), ErrorCode.PROVIDER_DOWN, Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void takesAPageOfHtmlForNothingElse(Function<ObjectStore, Future<?>> call) {
    ScriptedAzure server =
        new ScriptedAzure(
            vertx,
            (request, body) ->
                request
                    .response()
                    .putHeader("Content-Type", "text/html")
                    .end(request.method().equals(HttpMethod.HEAD) ? "" : "<html>Welcome</html>"));

    refusal(call.apply(store(server)), ErrorCode.PROVIDER_DOWN);
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void followsNoRedirect(Function<ObjectStore, Future<?>> call) {
    ScriptedAzure elsewhere = new ScriptedAzure(vertx, ScriptedAzure.found(1));
    ScriptedAzure server =
        new ScriptedAzure(
            vertx,
            (request, body) ->
                request
                    .response()
                    .setStatusCode(307)
                    .putHeader("Location", elsewhere.endpoint() + "/netapp-blob/k")
                    .end());

    refusal(call.apply(store(server)), ErrorCode.PROVIDER_DOWN);

    assertThat(elsewhere.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "400, InvalidHeaderValue, PROVIDER_REJECTED",
    "400, Md5Mismatch, CHECKSUM_MISMATCH",
    "401, NoAuthenticationInformation, PROVIDER_REJECTED",
    "403, AuthenticationFailed, PROVIDER_REJECTED",
    "404, ContainerNotFound, PROVIDER_REJECTED",
    "404, BlobNotFound, OBJECT_NOT_FOUND",
    "409, ContainerBeingDeleted, PROVIDER_BUSY",
    "409, LeaseAlreadyPresent, PROVIDER_REJECTED",
    "412, ConditionNotMet, PRECONDITION_FAILED",
    "412, LeaseIdMissing, PROVIDER_REJECTED",
    "416, InvalidRange, RANGE_NOT_SATISFIABLE",
    "429, TooManyRequests, PROVIDER_BUSY",
    "500, InternalError, PROVIDER_DOWN",
    "500, OperationTimedOut, PROVIDER_DOWN",
    "503, ServerBusy, PROVIDER_BUSY",
  })
  void translatesWhatAzureSays(int status, String code, ErrorCode expected) {
    ScriptedAzure server = new ScriptedAzure(vertx, ScriptedAzure.refusal(status, code));

    MovingDataException refusal = refusal(store(server).stat("k"), expected);

    assertThat(refusal).hasMessageContaining(status + " (" + code + ")").hasNoCause();
  }

  @Test
  void triesARefusalOnce() {
    ScriptedAzure server = new ScriptedAzure(vertx, ScriptedAzure.refusal(400, "InvalidInput"));

    refusal(store(server).put("k", METADATA, BODY), ErrorCode.PROVIDER_REJECTED);

    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void takesANotFoundOfSomethingElseForNoAnswer() {
    ScriptedAzure server =
        new ScriptedAzure(
            vertx, (request, body) -> request.response().setStatusCode(404).end("no such host"));

    refusal(store(server).delete("k", null), ErrorCode.PROVIDER_DOWN);
    refusal(store(server).stat("k"), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void waitsAsLongAsABusyServerAsks() {
    ScriptedAzure server =
        new ScriptedAzure(
            vertx, ScriptedAzure.refusal(503, "ServerBusy", "1"), ScriptedAzure.found(7));
    long begun = System.nanoTime();

    assertThat(outcome(store(server).stat("k")).size()).isEqualTo(7);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(990));
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void leavesALongWaitToTheCaller() {
    ScriptedAzure server =
        new ScriptedAzure(vertx, ScriptedAzure.refusal(503, "ServerBusy", "3600"));

    MovingDataException refusal = refusal(store(server).stat("k"), ErrorCode.PROVIDER_BUSY);

    assertThat(refusal.retryAfterMs()).isEqualTo(3_600_000);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void saysThatTheClocksDiffer() {
    ScriptedAzure server =
        new ScriptedAzure(
            vertx,
            (request, body) ->
                request
                    .response()
                    .setStatusCode(403)
                    .putHeader("x-ms-error-code", "AuthenticationFailed")
                    .putHeader("Date", "Tue, 24 Nov 2020 08:00:00 GMT")
                    .end());

    MovingDataException refusal = refusal(store(server).stat("k"), ErrorCode.PROVIDER_REJECTED);

    assertThat(refusal).hasMessageContaining("minutes apart");
  }

  @Test
  void failsADownloadThatEndsEarly() {
    ScriptedAzure server =
        new ScriptedAzure(
            vertx,
            (request, body) -> {
              var response = ScriptedAzure.blob(request, 200).putHeader("Content-Length", "1000");
              response.write(Contents.buffer(1, 500)).onSuccess(v -> request.connection().close());
            });

    ByteSource source = outcome(store(server).read("k", 0, -1, null));

    assertThat(source.stat().size()).isEqualTo(1000);
    assertFails(source);
    refusal(source.next(), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void takesNoDownloadWithoutLength() {
    ScriptedAzure server =
        new ScriptedAzure(
            vertx, (request, body) -> ScriptedAzure.blob(request, 200).setChunked(true).end(BODY));

    refusal(store(server).read("k", 0, -1, null), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void failsADownloadThatStalls() {
    ScriptedAzure server =
        new ScriptedAzure(
            vertx,
            (request, body) ->
                ScriptedAzure.blob(request, 200)
                    .putHeader("Content-Length", "1000")
                    .write(Contents.buffer(1, 10)));

    assertFails(outcome(store(server).read("k", 0, -1, null)));
  }

  @Test
  void failsADownloadThatDribbles() {
    ScriptedAzure server =
        new ScriptedAzure(
            vertx,
            (request, body) -> {
              var response = ScriptedAzure.blob(request, 200).putHeader("Content-Length", "9000");
              vertx.setPeriodic(20, timer -> response.write("x"));
            });

    assertFails(outcome(store(server).read("k", 0, -1, null)));
  }

  @Test
  void aSlowReaderIsNoStall() {
    Buffer large = Contents.buffer(5, 20_000_000);
    ScriptedAzure server = new ScriptedAzure(vertx, ScriptedAzure.content(large));
    ByteSource source = outcome(store(server).read("k", 0, -1, null));
    Buffer all = Buffer.buffer().appendBuffer(outcome(source.next()));

    outcome(vertx.timer(1_500, java.util.concurrent.TimeUnit.MILLISECONDS));

    for (Buffer next = outcome(source.next()); next != null; next = outcome(source.next())) {
      all.appendBuffer(next);
    }
    assertThat(all).isEqualTo(large);
  }

  private static void assertFails(ByteSource source) {
    Future<Buffer> next = source.next();
    while (piece(next) != null) {
      next = source.next();
    }
    refusal(next, ErrorCode.PROVIDER_DOWN);
  }

  private static Buffer piece(Future<Buffer> next) {
    try {
      Buffer bytes = outcome(next);
      assertThat(bytes).as("the end").isNotNull();
      return bytes;
    } catch (MovingDataException e) {
      return null;
    }
  }

  @Test
  void takesNoWholeObjectForARange() {
    ScriptedAzure server = new ScriptedAzure(vertx, ScriptedAzure.content(BODY));

    refusal(store(server).read("k", 1_000, 10, null), ErrorCode.PROVIDER_DOWN);
    refusal(store(server).read("k", 0, 10, null), ErrorCode.PROVIDER_DOWN);
  }

  @ParameterizedTest
  @CsvSource({"bytes 0-9/5000", "bytes 1000-1008/5000", "nonsense"})
  void takesNoOtherRangeThanItAskedFor(String range) {
    ScriptedAzure server =
        new ScriptedAzure(
            vertx,
            (request, body) ->
                ScriptedAzure.blob(request, 206)
                    .putHeader("Content-Range", range)
                    .end(Contents.buffer(1, range.contains("1008") ? 9 : 10)));

    refusal(store(server).read("k", 1_000, 10, null), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void asksThatTheChecksumBeCheckedAndKept() {
    ScriptedAzure server = new ScriptedAzure(vertx, ScriptedAzure.stored(md5(BODY)));

    ObjectStat stat = outcome(store(server).put("k", METADATA, BODY));

    assertThat(stat.checksum()).isEqualTo("md5:" + Md5Value.ofBase64(md5(BODY)).hex());
    ScriptedAzure.Asked asked = server.asked().get(0);
    assertThat(asked.headers().get("Content-MD5")).isEqualTo(md5(BODY));
    assertThat(asked.headers().get("x-ms-blob-content-md5")).isEqualTo(md5(BODY));
    assertThat(asked.headers().get("x-ms-meta-mdcopy")).isEqualTo("abc");
    assertThat(asked.body()).isEqualTo(BODY);
  }

  @Test
  void noticesThatAnotherChecksumWasStored() {
    String other = md5(Buffer.buffer("other"));
    ScriptedAzure server = new ScriptedAzure(vertx, ScriptedAzure.stored(other));

    refusal(store(server).put("k", METADATA, BODY), ErrorCode.CHECKSUM_MISMATCH);
  }

  @Test
  void takesNoPutWithoutChecksum() {
    ScriptedAzure server =
        new ScriptedAzure(vertx, (request, body) -> ScriptedAzure.blob(request, 201).end());

    refusal(store(server).put("k", METADATA, BODY), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void sendsTheSameAgainWhenTheAnswerToAPutIsLost() {
    ScriptedAzure server =
        new ScriptedAzure(vertx, ScriptedAzure.lost(), ScriptedAzure.stored(md5(BODY)));

    outcome(store(server).put("k", METADATA, BODY));

    assertThat(server.asked()).hasSize(2);
    assertThat(server.asked()).allMatch(asked -> asked.body().equals(BODY));
    assertThat(server.asked()).allMatch(asked -> asked.uri().endsWith("/netapp-blob/k"));
  }

  @Test
  void noticesThatAnotherBlockWasStaged() {
    ScriptedAzure server =
        new ScriptedAzure(vertx, ScriptedAzure.stored(md5(Buffer.buffer("other"))));
    ObjectStore store = store(server);
    String upload = outcome(store.beginUpload("k", METADATA));

    refusal(store.uploadPart("k", upload, whole(BODY), BODY), ErrorCode.CHECKSUM_MISMATCH);
  }
}
