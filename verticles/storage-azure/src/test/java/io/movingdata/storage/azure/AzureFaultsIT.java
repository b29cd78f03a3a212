package io.movingdata.storage.azure;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.movingdata.testkit.Contents;
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
class AzureFaultsIT extends LinkFaultsContract {
  @RegisterExtension static final LocalAzurite AZURITE = new LocalAzurite();

  private static final Map<String, String> METADATA = Map.of("mdcopy", "abc");

  @Override
  protected LocalServer server() {
    return AZURITE;
  }

  @Override
  protected ObjectStore open(Vertx vertx, URI endpoint, Duration patience) {
    RetryPolicy retry = new RetryPolicy(3, 10, 2_000);
    AzureLimits limits =
        new AzureLimits(patience, patience, patience, 64 * 1024, retry, Duration.ofSeconds(2));
    return Locations.open(vertx, Locations.at(endpoint), limits);
  }

  /** An upload is a choice of block names. */
  @Override
  protected Set<String> callsWithoutRequests() {
    return Set.of("begin");
  }

  @Override
  protected Set<String> callsWithoutWords() {
    return Set.of();
  }

  @Test
  void anAbortTouchesNoFinishedObjectAndNoOtherUpload() {
    String key = "two-uploads";
    Buffer body = Contents.buffer(10, 1_000);
    Part part = new Part(1, 0, 1_000, true);
    String first = outcome(store().beginUpload(key, METADATA));
    String second = outcome(store().beginUpload(key, METADATA));
    outcome(store().uploadPart(key, first, part, body));
    String tag = outcome(store().uploadPart(key, second, part, body));

    outcome(store().abortUpload(key, first));
    UploadedParts parts = outcome(store().uploadedParts(key, second));
    assertThat(parts).isEqualTo(new UploadedParts(1_000, List.of(tag), -1));
    outcome(store().completeUpload(key, second, parts));
    outcome(store().abortUpload(key, second));

    assertThat(content(key)).isEqualTo(body);
  }
}
