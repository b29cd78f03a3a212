package io.movingdata.storage.azure;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.checksum.Md5Value;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.testkit.Contents;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Uploads whose answer is lost or wrong. */
class AzureLyingWriteIT extends LyingServerBase {

  private static final Map<String, String> METADATA = Map.of("mdcopy", "abc");
  private static final Buffer BODY = Contents.buffer(1, 5_000);

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

    refusal(
        store.uploadPart("k", upload, new Part(1, 0, BODY.length(), true), BODY),
        ErrorCode.CHECKSUM_MISMATCH);
  }

  private String md5(Buffer body) {
    return outcome(Payload.of(Locations.cpu(vertx), body)).md5Base64();
  }
}
