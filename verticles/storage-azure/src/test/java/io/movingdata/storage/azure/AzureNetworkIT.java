package io.movingdata.storage.azure;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.storage.ByteSource;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.movingdata.testkit.Contents;
import io.movingdata.testkit.net.Direction;
import io.movingdata.testkit.net.FaultProxy;
import io.movingdata.testkit.net.LinkFaults;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real server behind a network that fails. */
class AzureNetworkIT {
  @RegisterExtension static final LocalAzurite AZURITE = new LocalAzurite();

  private static final Map<String, String> METADATA = Map.of("mdcopy", "abc");
  private static final int PART = 21 * 256 * 1024;
  private static final AzureLimits HASTY =
      new AzureLimits(
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          64 * 1024,
          new RetryPolicy(2, 1, 5),
          Duration.ofSeconds(5));

  private final String key = UUID.randomUUID().toString();
  private Vertx vertx;
  private FaultProxy proxy;
  private ObjectStore direct;
  private ObjectStore store;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    proxy = outcome(FaultProxy.inFrontOf(vertx, AZURITE.endpoint()));
    direct = Locations.open(vertx, AZURITE.location(), AzureLimits.DEFAULT);
    store = Locations.open(vertx, Locations.at(proxy.endpoint()), HASTY);
    outcome(direct.ensure());
  }

  @AfterEach
  void stop() {
    outcome(store.close());
    outcome(direct.close());
    outcome(proxy.close());
    outcome(vertx.close());
  }

  private static Buffer drain(ByteSource source) {
    Buffer all = Buffer.buffer();
    for (Buffer next = outcome(source.next()); next != null; next = outcome(source.next())) {
      all.appendBuffer(next);
    }
    return all;
  }

  private Buffer content() {
    return drain(outcome(direct.read(key, 0, -1, null)));
  }

  private ObjectStore oneTry() {
    AzureLimits once =
        new AzureLimits(
            HASTY.connect(),
            HASTY.answer(),
            HASTY.progress(),
            HASTY.progressBytes(),
            new RetryPolicy(1, 1, 5),
            HASTY.longestWait());
    outcome(store.close());
    store = Locations.open(vertx, Locations.at(proxy.endpoint()), once);
    return store;
  }

  @Test
  void aBitThatIsTurnedOnTheWayUpIsNeverStored() {
    proxy.set(Direction.UP, LinkFaults.flipAt(200_000));

    refusal(oneTry().put(key, METADATA, Contents.buffer(1, 500_000)), ErrorCode.CHECKSUM_MISMATCH);

    refusal(direct.stat(key), ErrorCode.OBJECT_NOT_FOUND);
  }

  @Test
  void aBitThatIsTurnedInABlockIsNeverStaged() {
    Part part = new Part(1, 0, PART, true);
    String upload = outcome(store.beginUpload(key, METADATA));
    proxy.set(Direction.UP, LinkFaults.flipAt(3_000_000));

    refusal(
        oneTry().uploadPart(key, upload, part, Contents.buffer(1, PART)),
        ErrorCode.CHECKSUM_MISMATCH);

    assertThat(outcome(direct.uploadedParts(key, upload))).isNull();
  }

  @Test
  void whatWasDamagedOnTheWayIsSentAgain() {
    Buffer body = Contents.buffer(1, 500_000);
    proxy.set(Direction.UP, LinkFaults.flipAt(200_000));

    outcome(store.put(key, METADATA, body));

    assertThat(content()).isEqualTo(body);
  }

  @Test
  void aDownloadThatIsCutFails() {
    outcome(direct.put(key, METADATA, Contents.buffer(2, 3_000_000)));
    proxy.set(Direction.DOWN, LinkFaults.cutAfter(1_000_000));

    ByteSource source = outcome(store.read(key, 0, -1, null));
    Throwable failure = catchThrowable(() -> drain(source));

    assertThat(MovingDataException.is(failure, ErrorCode.PROVIDER_DOWN)).isTrue();
  }

  @Test
  void anUploadThatIsCutIsNoObjectAndSucceedsLater() {
    Buffer body = Contents.buffer(3, 800_000);
    proxy.set(Direction.UP, LinkFaults.cutAfter(400_000));

    refusal(store.put(key, METADATA, body), ErrorCode.PROVIDER_DOWN);
    refusal(direct.stat(key), ErrorCode.OBJECT_NOT_FOUND);

    proxy.heal();
    outcome(store.put(key, METADATA, body));
    assertThat(content()).isEqualTo(body);
  }

  @Test
  void aPutWhoseAnswerIsLostIsStoredOnce() {
    Buffer body = Contents.buffer(4, 10_000);
    proxy.set(Direction.DOWN, LinkFaults.cutAfter(0));

    refusal(store.put(key, METADATA, body), ErrorCode.PROVIDER_DOWN);

    assertThat(content()).isEqualTo(body);
    proxy.heal();
    outcome(store.put(key, METADATA, body));
    assertThat(content()).isEqualTo(body);
  }

  @Test
  void aCommitWhoseAnswerIsLostIsFoundDone() {
    Buffer body = Contents.buffer(5, 1_000);
    String upload = outcome(store.beginUpload(key, METADATA));
    String tag = outcome(direct.uploadPart(key, upload, new Part(1, 0, 1_000, true), body));
    UploadedParts parts = new UploadedParts(1_000, List.of(tag), -1);
    proxy.set(Direction.DOWN, LinkFaults.cutAfter(0));
    refusal(store.completeUpload(key, upload, parts), ErrorCode.PROVIDER_DOWN);
    String etag = outcome(direct.stat(key)).etag();

    proxy.heal();
    assertThat(outcome(store.uploadedParts(key, upload))).isEqualTo(parts);
    assertThat(outcome(store.completeUpload(key, upload, parts)).etag()).isEqualTo(etag);

    assertThat(content()).isEqualTo(body);
  }

  @Test
  void anUploadThatCrawlsIsGivenUp() {
    proxy.set(Direction.UP, LinkFaults.bandwidth(1_000));

    refusal(
        store.put(key, METADATA, Contents.buffer(6, 100_000)),
        ErrorCode.PROVIDER_DOWN,
        Duration.ofSeconds(40));
  }

  @Test
  void aBlackHoleIsGivenUp() {
    proxy.set(Direction.DOWN, LinkFaults.blackHole());

    refusal(store.stat(key), ErrorCode.PROVIDER_DOWN, Duration.ofSeconds(15));
  }

  @Test
  void aSlowNetworkIsOnlySlow() {
    Buffer body = Contents.buffer(7, 300_000);
    proxy.set(Direction.UP, LinkFaults.bandwidth(400_000));
    proxy.set(Direction.DOWN, LinkFaults.bandwidth(400_000));

    outcome(store.put(key, METADATA, body));

    assertThat(drain(outcome(store.read(key, 0, -1, null)))).isEqualTo(body);
  }

  @Test
  void whatWasAcknowledgedOutlivesACrashOfTheServer() {
    Buffer body = Contents.buffer(8, 1_000);
    Buffer block = Contents.buffer(9, PART);
    outcome(direct.put(key, METADATA, body));
    String upload = outcome(direct.beginUpload(key + "-2", METADATA));
    String tag = outcome(direct.uploadPart(key + "-2", upload, new Part(1, 0, PART, true), block));

    AZURITE.crash();

    assertThat(content()).isEqualTo(body);
    UploadedParts held = outcome(direct.uploadedParts(key + "-2", upload));
    assertThat(held).isEqualTo(new UploadedParts(PART, List.of(tag), -1));
  }

  @Test
  void anAbortTouchesNoFinishedObjectAndNoOtherUpload() {
    Buffer body = Contents.buffer(10, 1_000);
    Part part = new Part(1, 0, 1_000, true);
    String first = outcome(store.beginUpload(key, METADATA));
    String second = outcome(store.beginUpload(key, METADATA));
    outcome(store.uploadPart(key, first, part, body));
    String tag = outcome(store.uploadPart(key, second, part, body));

    outcome(store.abortUpload(key, first));
    UploadedParts parts = outcome(store.uploadedParts(key, second));
    assertThat(parts).isEqualTo(new UploadedParts(1_000, List.of(tag), -1));
    outcome(store.completeUpload(key, second, parts));
    outcome(store.abortUpload(key, second));

    assertThat(content()).isEqualTo(body);
  }
}
