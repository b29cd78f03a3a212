package io.movingdata.storage.gcs;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.storage.ByteSource;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.movingdata.testkit.Contents;
import io.movingdata.testkit.net.Direction;
import io.movingdata.testkit.net.FaultProxy;
import io.movingdata.testkit.net.LinkFaults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real server behind a link that damages, cuts, slows or swallows what passes. */
class GcsFaultyLinkIT {
  @RegisterExtension static final LocalGcs GCS = new LocalGcs();

  private static final GcsLimits SHORT =
      new GcsLimits(500, 2_000, 1_000, 64 * 1024, 4, 16, new RetryPolicy(3, 10, 100), 20_000);
  private static final Buffer BODY = Contents.buffer(1, 2_000_000);
  private static final int PART = 8 * ContentRanges.UNIT;

  private Vertx vertx;
  private FaultProxy link;
  private GcsObjectStore direct;
  private GcsObjectStore behind;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    link = outcome(FaultProxy.inFrontOf(vertx, GCS.endpoint()));
    direct = GCS.open(vertx);
    behind = LocalGcs.open(vertx, GCS.location(link.endpoint()), SHORT);
    outcome(direct.ensure());
  }

  @AfterEach
  void close() {
    outcome(Future.join(direct.close(), behind.close()));
    outcome(link.close());
    outcome(vertx.close());
  }

  @Test
  void bytesDamagedOnTheWayUpAreRefusedByTheServerAndSentAgain() {
    link.set(Direction.UP, LinkFaults.flipAt(500_000));

    outcome(behind.put("flipped", Map.of(), BODY));

    assertThat(outcome(whole(outcome(direct.read("flipped", 0, -1, null))))).isEqualTo(BODY);
  }

  @Test
  void anUploadThatIsCutIsNoObject() {
    link.set(Direction.UP, LinkFaults.cutAfter(1_000_000));

    refusal(behind.put("cut", Map.of(), BODY), ErrorCode.PROVIDER_DOWN);

    refusal(direct.stat("cut"), ErrorCode.OBJECT_NOT_FOUND);
  }

  @Test
  void aPartThatIsCutGoesOnWhereTheServerStoppedHearing() {
    Buffer whole = Contents.buffer(3, 2 * PART);
    String upload = outcome(behind.beginUpload("cut-part", Map.of()));
    link.reset();
    link.set(Direction.UP, LinkFaults.cutAfter(1_000_000));
    int before = link.connections();

    outcome(
        behind.uploadPart("cut-part", upload, new Part(1, 0, PART, false), whole.slice(0, PART)));

    assertThat(link.connections() - before).isGreaterThan(2);
    link.heal();
    outcome(
        behind.uploadPart(
            "cut-part", upload, new Part(2, PART, PART, true), whole.slice(PART, 2 * PART)));
    outcome(behind.completeUpload("cut-part", upload, parts(whole)));
    assertThat(outcome(whole(outcome(direct.read("cut-part", 0, -1, null))))).isEqualTo(whole);
  }

  @Test
  void anUploadDamagedOnTheWayIsNoObject() {
    Buffer whole = Contents.buffer(4, 2 * PART);
    String upload = outcome(behind.beginUpload("flipped-part", Map.of()));
    outcome(
        behind.uploadPart(
            "flipped-part", upload, new Part(1, 0, PART, false), whole.slice(0, PART)));
    link.reset();
    link.set(Direction.UP, LinkFaults.flipAt(500_000));

    refusal(
        behind.uploadPart(
            "flipped-part", upload, new Part(2, PART, PART, true), whole.slice(PART, 2 * PART)),
        ErrorCode.CHECKSUM_MISMATCH);

    refusal(direct.stat("flipped-part"), ErrorCode.OBJECT_NOT_FOUND);
  }

  @Test
  void aDownloadThatIsCutFails() {
    outcome(direct.put("cut-down", Map.of(), BODY));
    link.set(Direction.DOWN, LinkFaults.cutAfter(1_000_000));

    ByteSource source = outcome(behind.read("cut-down", 0, -1, null));

    refusal(whole(source), ErrorCode.PROVIDER_DOWN);
  }

  @Test
  void aSlowLinkIsNotAStalledOne() {
    Buffer large = Contents.buffer(2, 24_000_000);
    link.set(Direction.UP, LinkFaults.bandwidth(8_000_000));
    long begun = System.nanoTime();

    ObjectStat stored = outcome(behind.put("slow", Map.of(), large));

    assertThat(stored.size()).isEqualTo(large.length());
    assertThat(System.nanoTime() - begun)
        .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(2 * SHORT.progressMs()));
    assertThat(outcome(whole(outcome(behind.read("slow", 0, -1, null))))).isEqualTo(large);
  }

  @Test
  void aBlackHoleIsReportedAndHealsByItself() {
    link.set(Direction.DOWN, LinkFaults.blackHole());
    refusal(behind.put("swallowed", Map.of(), BODY), ErrorCode.PROVIDER_DOWN);

    link.heal();

    assertThat(outcome(behind.put("swallowed", Map.of(), BODY)).size()).isEqualTo(BODY.length());
  }

  @Test
  void connectionsThatTheServerClosedAreNotMissed() {
    outcome(behind.put("kept", Map.of(), BODY));
    link.reset();

    assertThat(outcome(behind.stat("kept")).size()).isEqualTo(BODY.length());
  }

  @Test
  void anUploadOutlivesTheServersDeath() {
    Buffer whole = Contents.buffer(5, 2 * PART);
    String upload = outcome(direct.beginUpload("survivor", Map.of()));
    outcome(
        direct.uploadPart("survivor", upload, new Part(1, 0, PART, false), whole.slice(0, PART)));

    GCS.process().kill();
    GCS.process().restart();
    GcsObjectStore later = GCS.open(vertx);
    UploadedParts held = outcome(later.uploadedParts("survivor", upload));
    assertThat(held.size()).isEqualTo(PART);
    outcome(
        later.uploadPart(
            "survivor", upload, new Part(2, PART, PART, true), whole.slice(PART, 2 * PART)));
    outcome(later.completeUpload("survivor", upload, parts(whole)));

    assertThat(outcome(whole(outcome(later.read("survivor", 0, -1, null))))).isEqualTo(whole);
    outcome(later.close());
  }

  private static UploadedParts parts(Buffer whole) {
    long crc32c = Integer.toUnsignedLong(BodyDigest.crc32c(whole).value());
    return new UploadedParts(whole.length(), List.of(), crc32c);
  }

  private static Future<Buffer> whole(ByteSource source) {
    return rest(source, Buffer.buffer());
  }

  private static Future<Buffer> rest(ByteSource source, Buffer read) {
    return source
        .next()
        .compose(
            bytes ->
                bytes == null
                    ? Future.succeededFuture(read)
                    : rest(source, read.appendBuffer(bytes)));
  }
}
