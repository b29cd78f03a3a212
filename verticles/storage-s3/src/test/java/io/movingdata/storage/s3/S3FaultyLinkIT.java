package io.movingdata.storage.s3;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.storage.ByteSource;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.testkit.Contents;
import io.movingdata.testkit.net.Direction;
import io.movingdata.testkit.net.FaultProxy;
import io.movingdata.testkit.net.LinkFaults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real server behind a link that damages, cuts or swallows what passes. */
class S3FaultyLinkIT {
  @RegisterExtension static final LocalS3 S3 = new LocalS3();

  private static final S3Timeouts SHORT = new S3Timeouts(500, 2_000, 1_000, 3_000, 64 * 1024);
  private static final Buffer BODY = Contents.buffer(1, 2_000_000);

  private Vertx vertx;
  private FaultProxy link;
  private S3ObjectStore direct;
  private S3ObjectStore behind;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    link = outcome(FaultProxy.inFrontOf(vertx, S3.endpoint()));
    direct = LocalS3.open(vertx, S3.location(), Clock.systemUTC());
    behind = LocalS3.open(vertx, S3.location(link.endpoint()), Clock.systemUTC(), SHORT);
    outcome(direct.ensure());
  }

  @AfterEach
  void close() {
    outcome(Future.join(direct.close(), behind.close()));
    outcome(link.close());
    outcome(vertx.close());
  }

  @Test
  void bytesDamagedOnTheWayUpAreNeverStored() {
    link.set(Direction.UP, LinkFaults.flipAt(500_000));

    refusal(behind.put("flipped", Map.of(), BODY), ErrorCode.CHECKSUM_MISMATCH);

    refusal(direct.stat("flipped"), ErrorCode.OBJECT_NOT_FOUND);
  }

  @Test
  void partsDamagedOnTheWayUpAreNeverStored() {
    String upload = outcome(direct.beginUpload("flipped-part", Map.of()));
    link.set(Direction.UP, LinkFaults.flipAt(500_000));

    refusal(
        behind.uploadPart("flipped-part", upload, new Part(1, 0, BODY.length(), true), BODY),
        ErrorCode.CHECKSUM_MISMATCH);

    assertThat(outcome(direct.uploadedParts("flipped-part", upload)).size()).isZero();
  }

  @Test
  void anUploadThatIsCutIsNoObject() {
    link.set(Direction.UP, LinkFaults.cutAfter(1_000_000));

    refusal(behind.put("cut", Map.of(), BODY), ErrorCode.PROVIDER_DOWN);

    refusal(direct.stat("cut"), ErrorCode.OBJECT_NOT_FOUND);
  }

  @Test
  void aDownloadThatIsCutFails() {
    outcome(direct.put("cut-down", Map.of(), BODY));
    link.set(Direction.DOWN, LinkFaults.cutAfter(1_000_000));

    ByteSource source = outcome(behind.read("cut-down", 0, -1, null));

    refusal(whole(source), ErrorCode.PROVIDER_DOWN);
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
