package io.movingdata.gateway;

import static io.movingdata.gateway.GatewayFixture.json;
import static io.movingdata.gateway.GatewayFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.Replica;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.testkit.Contents;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody wrote to a copy's key becomes the file's content where a person says so. */
class StoreChoiceHttpTest {
  private static final int LARGE = 3 * StorageApi.CHUNK + 1_234;

  private GatewayFixture gateway;
  private StorageClient storage;
  private volatile Finding finding;
  private volatile ConsistencyApi.Resolve settled;

  @BeforeEach
  void start() {
    gateway = GatewayFixture.start();
    storage = new StorageClient(gateway.bus);
    outcome(
        Future.all(
            gateway.bus.serve(
                FindingApi.GET_FINDING,
                ref -> Future.succeededFuture(new FindingApi.FindingReply(finding))),
            gateway.bus.serve(
                ConsistencyApi.RESOLVE,
                request -> {
                  settled = request;
                  return Future.succeededFuture(
                      new FindingApi.FindingReply(
                          finding.in(FindingState.GONE, "somebody", Instant.EPOCH)));
                })));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private FileRecord file() {
    return gateway.catalog.file("a");
  }

  private Replica upload() {
    assertThat(gateway.put("/files/a/content", Contents.bytes(1, 500)).statusCode()).isEqualTo(201);
    Replica copy = file().replicas().get(0);
    found(FindingKind.OVERWRITTEN, copy);
    return copy;
  }

  private void found(FindingKind kind, Replica copy) {
    finding =
        Finding.first(
            kind,
            FindingState.CONFLICT,
            copy.location(),
            "a",
            copy.copyId(),
            copy.key(),
            "somebody wrote",
            "p",
            Instant.EPOCH);
  }

  private void overwrite(Replica copy, byte[] bytes, Map<String, String> metadata) {
    outcome(storage.delete(copy.location(), new StorageApi.Delete(copy.key(), null)));
    if (bytes.length <= StorageApi.SMALL) {
      outcome(
          storage.put(
              copy.location(), new StorageApi.Put(copy.key(), metadata), Buffer.buffer(bytes)));
      return;
    }
    StorageApi.WriteSession session =
        outcome(
            storage.openWrite(
                copy.location(), new StorageApi.OpenWrite(copy.key(), metadata, false, null)));
    for (int at = 0; at < bytes.length; at += StorageApi.CHUNK) {
      int to = Math.min(bytes.length, at + StorageApi.CHUNK);
      outcome(
          storage.append(
              session, at, Buffer.buffer(bytes).slice(at, to), false, to == bytes.length));
    }
    outcome(storage.commit(session, bytes.length));
  }

  private HttpResponse<byte[]> choose() {
    return gateway.post(
        "/consistency/conflicts/" + finding.id() + "/resolve", "{\"choice\": \"store\"}");
  }

  @Test
  void theBytesBecomeTheContentAndTheFormerCopyGoesAsInAnyOverwrite() {
    for (int size : new int[] {0, 700, LARGE}) {
      Replica copy = upload();
      FileRecord before = file();
      byte[] written = Contents.bytes(2, size);
      overwrite(copy, written, Map.of());
      HttpResponse<byte[]> answer = choose();
      assertThat(answer.statusCode()).as(json(answer).toString()).isEqualTo(200);
      assertThat(json(answer).get("state").asText()).isEqualTo("gone");
      assertThat(settled.choice()).as("the room looks again").isEqualTo("retry");
      assertThat(gateway.get("/files/a/content").body()).isEqualTo(written);
      assertThat(file().contentId()).isNotEqualTo(before.contentId());
      assertThat(file().references(copy.copyId())).isFalse();
      assertThat(file().createdAt()).isEqualTo(before.createdAt());
      gateway.catalog.remove("a");
    }
  }

  @Test
  void whatIsNoContentIsNotStored() {
    Replica copy = upload();
    FileRecord before = file();
    assertThat(choose().statusCode()).as("an object of ours").isEqualTo(409);
    found(FindingKind.CORRUPT, copy);
    assertThat(choose().statusCode()).as("nobody wrote it").isEqualTo(409);
    found(FindingKind.OVERWRITTEN, copy);
    finding = finding.in(FindingState.IGNORED, "olga", Instant.EPOCH);
    assertThat(choose().statusCode()).as("settled").isEqualTo(409);
    assertThat(file()).isEqualTo(before);
    assertThat(settled).isNull();
  }
}
