package io.movingdata.storage.gcs;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.movingdata.testkit.Contents;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A server that gives tokens to one service account, forgets them when it ends, and asks for one.
 */
class GcsAccountIT {
  private static final ServiceAccount ACCOUNT = new ServiceAccount();

  @RegisterExtension static final LocalGcs GCS = new LocalGcs(ACCOUNT.publicPem());

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    outcome(vertx.close());
  }

  private GcsObjectStore open(ServiceAccount account) {
    URI token = URI.create(GCS.endpoint() + "/token");
    return LocalGcs.open(
        vertx, Locations.of(GCS.endpoint(), "account-bucket", account.credentials(token)));
  }

  @Test
  void theAccountReadsAndWritesAlsoAfterTheServerForgotItsToken() {
    GcsObjectStore store = open(ACCOUNT);
    Buffer body = Contents.buffer(1, 2 * ContentRanges.UNIT);
    outcome(store.ensure());
    outcome(store.put("k", Map.of(), body));
    String upload = outcome(store.beginUpload("parts", Map.of()));

    GCS.process().restart();

    outcome(store.uploadPart("parts", upload, new Part(1, 0, body.length(), true), body));
    long crc32c = Integer.toUnsignedLong(BodyDigest.crc32c(body).value());
    outcome(
        store.completeUpload("parts", upload, new UploadedParts(body.length(), List.of(), crc32c)));
    GCS.process().restart();
    assertThat(outcome(outcome(store.read("parts", 0, -1, null)).next()).length()).isPositive();
  }

  @Test
  void anotherAccountAndNoAccountAreRefused() {
    GcsObjectStore stranger = open(new ServiceAccount());
    GcsObjectStore anonymous = GCS.open(vertx);

    for (GcsObjectStore store : List.of(stranger, anonymous)) {
      refusal(store.probe(), ErrorCode.PROVIDER_REJECTED);
      refusal(store.put("k", Map.of(), Buffer.buffer("x")), ErrorCode.PROVIDER_REJECTED);
      refusal(store.read("k", 0, -1, null), ErrorCode.PROVIDER_REJECTED);
      refusal(store.beginUpload("k", Map.of()), ErrorCode.PROVIDER_REJECTED);
    }
  }
}
