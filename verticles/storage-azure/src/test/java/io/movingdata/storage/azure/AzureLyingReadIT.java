package io.movingdata.storage.azure;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ByteSource;
import io.movingdata.testkit.Contents;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Downloads that break off, stall, or bring something else. */
class AzureLyingReadIT extends LyingServerBase {

  private static final Buffer BODY = Contents.buffer(1, 5_000);

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
}
