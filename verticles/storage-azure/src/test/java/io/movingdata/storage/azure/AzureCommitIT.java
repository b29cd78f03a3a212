package io.movingdata.storage.azure;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commits whose outcome is unknown, or differs from what was sent. */
class AzureCommitIT {
  private static final Map<String, String> METADATA = Map.of("mdcopy", "abc");
  private static final AzureUploadId UPLOAD = AzureUploadId.begin(Instant.EPOCH, METADATA);
  private static final UploadedParts PARTS = new UploadedParts(9_000, List.of("6000", "3000"), -1);
  private static final AzureLimits LIMITS =
      new AzureLimits(
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          1_000,
          new RetryPolicy(3, 1, 5),
          Duration.ofSeconds(5));

  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() {
    outcome(vertx.close());
  }

  private static ScriptedAzure.Step committed() {
    return (request, body) -> ScriptedAzure.blob(request, 201).end();
  }

  private static ScriptedAzure.Step exists() {
    return ScriptedAzure.refusal(409, "BlobAlreadyExists");
  }

  private static ScriptedAzure.Step consistsOf(long length, String... blocks) {
    String xml =
        """
        <?xml version="1.0" encoding="utf-8"?>
        <BlockList><CommittedBlocks>%s</CommittedBlocks><UncommittedBlocks/></BlockList>
        """
            .formatted(String.join("", blocks));
    return (request, body) ->
        ScriptedAzure.blob(request, 200)
            .putHeader("x-ms-blob-content-length", Long.toString(length))
            .putHeader("Content-Type", "application/xml")
            .end(xml);
  }

  private static String block(int number, long size) {
    return "<Block><Name>%s</Name><Size>%d</Size></Block>".formatted(UPLOAD.block(number), size);
  }

  private io.vertx.core.Future<ObjectStat> complete(ScriptedAzure server) {
    ObjectStore store = Locations.open(vertx, Locations.at(server.endpoint()), LIMITS);
    return store.completeUpload("k", UPLOAD.text(), PARTS).eventually(store::close);
  }

  @Test
  void commitsOnlyWhereThereIsNoBlobYet() {
    ScriptedAzure server =
        new ScriptedAzure(vertx, committed(), consistsOf(9_000, block(1, 6_000), block(2, 3_000)));

    ObjectStat stat = outcome(complete(server));

    assertThat(stat.size()).isEqualTo(9_000);
    assertThat(stat.checksum()).isNull();
    assertThat(stat.metadata()).isEqualTo(METADATA);
    ScriptedAzure.Asked commit = server.asked().get(0);
    assertThat(commit.headers().get("If-None-Match")).isEqualTo("*");
    assertThat(commit.headers().get("x-ms-meta-mdcopy")).isEqualTo("abc");
    assertThat(commit.body().toString()).containsSubsequence(UPLOAD.block(1), UPLOAD.block(2));
  }

  @Test
  void aCommitWhoseAnswerIsLostIsFoundDone() {
    ScriptedAzure server =
        new ScriptedAzure(
            vertx,
            ScriptedAzure.lost(),
            exists(),
            consistsOf(9_000, block(1, 6_000), block(2, 3_000)));

    assertThat(outcome(complete(server)).size()).isEqualTo(9_000);

    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void takesNoOtherBlobForItsOwn() {
    ScriptedAzure server = new ScriptedAzure(vertx, exists(), consistsOf(9_000));

    refusal(complete(server), ErrorCode.CHECKSUM_MISMATCH);
  }

  @Test
  void noticesAMissingBlock() {
    ScriptedAzure server =
        new ScriptedAzure(vertx, committed(), consistsOf(9_000, block(1, 6_000)));

    refusal(complete(server), ErrorCode.CHECKSUM_MISMATCH);
  }

  @Test
  void noticesAShortBlock() {
    ScriptedAzure server =
        new ScriptedAzure(vertx, committed(), consistsOf(9_000, block(1, 6_000), block(2, 2_999)));

    refusal(complete(server), ErrorCode.CHECKSUM_MISMATCH);
  }

  @Test
  void noticesAnotherLength() {
    ScriptedAzure server =
        new ScriptedAzure(vertx, committed(), consistsOf(8_999, block(1, 6_000), block(2, 3_000)));

    refusal(complete(server), ErrorCode.CHECKSUM_MISMATCH);
  }

  @Test
  void anUploadWhoseBlocksAreGoneMustStartAgain() {
    ScriptedAzure server = new ScriptedAzure(vertx, ScriptedAzure.refusal(400, "InvalidBlockList"));

    refusal(complete(server), ErrorCode.SESSION_LOST);

    assertThat(server.asked()).hasSize(1);
  }
}
