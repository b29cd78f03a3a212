package io.movingdata.storage.azure;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.movingdata.testkit.Contents;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The store against servers that fail, lie, stall and break off. */
class AzureLyingServerIT extends LyingServerBase {
  private static final Map<String, String> METADATA = Map.of("mdcopy", "abc");
  private static final Buffer BODY = Contents.buffer(1, 5_000);

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
}
