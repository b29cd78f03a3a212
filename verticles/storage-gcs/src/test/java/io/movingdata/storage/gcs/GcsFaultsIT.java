package io.movingdata.storage.gcs;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.movingdata.testkit.Contents;
import io.movingdata.testkit.net.FaultPlan;
import io.movingdata.testkit.net.HttpFaults;
import io.movingdata.testkit.process.LocalServer;
import io.movingdata.testkit.storage.LinkFaultsContract;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real server behind a link that fails and a proxy that lies. */
class GcsFaultsIT extends LinkFaultsContract {
  @RegisterExtension static final LocalGcs GCS = new LocalGcs();

  private static final int PART = 8 * ContentRanges.UNIT;

  @Override
  protected LocalServer server() {
    return GCS;
  }

  @Override
  protected ObjectStore open(Vertx vertx, URI endpoint, Duration patience) {
    long ms = patience.toMillis();
    RetryPolicy retry = new RetryPolicy(3, 10, 2_000);
    GcsLimits limits = new GcsLimits((int) ms, ms, ms, 64 * 1024, 48, 512, retry, 20_000);
    return LocalGcs.open(vertx, LocalGcs.location(endpoint), limits);
  }

  /** The last part finishes an upload, and Google drops unfinished ones by itself. */
  @Override
  protected Set<String> callsWithoutRequests() {
    return Set.of("complete", "unfinished");
  }

  @Override
  protected Set<String> callsWithoutWords() {
    return Set.of("abort", "delete");
  }

  @Test
  void aPartThatIsCutGoesOnWhereTheServerStoppedHearing() {
    Buffer whole = Contents.buffer(3, 2 * PART);
    Buffer first = whole.slice(0, PART);
    Buffer last = whole.slice(PART, 2 * PART);
    String upload = outcome(store().beginUpload("cut-part", Map.of()));
    liar().plan(FaultPlan.always(HttpFaults.cutUp(1_000_000)));
    int before = liar().log().size();

    outcome(store().uploadPart("cut-part", upload, new Part(1, 0, PART, false), first));

    assertThat(liar().log().size() - before).isGreaterThan(2);
    liar().heal();
    outcome(store().uploadPart("cut-part", upload, new Part(2, PART, PART, true), last));
    long crc32c = Integer.toUnsignedLong(BodyDigest.crc32c(whole).value());
    UploadedParts parts = new UploadedParts(whole.length(), List.of(), crc32c);
    outcome(store().completeUpload("cut-part", upload, parts));
    assertThat(content("cut-part")).isEqualTo(whole);
  }
}
