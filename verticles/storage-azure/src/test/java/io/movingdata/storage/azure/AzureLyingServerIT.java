package io.movingdata.storage.azure;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.testkit.Contents;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The store against servers that fail, lie, stall and break off. */
class AzureLyingServerIT extends LyingServerBase {
  private static final Map<String, String> METADATA = Map.of("mdcopy", "abc");
  private static final Buffer BODY = Contents.buffer(1, 5_000);

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
