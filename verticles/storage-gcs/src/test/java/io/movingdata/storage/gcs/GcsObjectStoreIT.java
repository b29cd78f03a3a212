package io.movingdata.storage.gcs;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.testkit.Contents;
import io.movingdata.testkit.storage.Capability;
import io.movingdata.testkit.storage.ObjectStoreContract;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every object store, against the local stack's GCS server. */
class GcsObjectStoreIT extends ObjectStoreContract {
  @RegisterExtension static final LocalGcs GCS = new LocalGcs();

  @Override
  protected ObjectStore open(Vertx vertx) {
    return GCS.open(vertx);
  }

  @Override
  protected ObjectStore openWithBadCredentials(Vertx vertx) {
    return GCS.open(vertx);
  }

  @Override
  protected ObjectStore openOnMissingBucket(Vertx vertx) {
    return LocalGcs.open(vertx, Locations.of(GCS.endpoint(), "no-such-bucket", null));
  }

  @Override
  protected ObjectStore openUnreachable(Vertx vertx) {
    return LocalGcs.open(vertx, Locations.of(URI.create("http://127.0.0.1:1"), "bucket-1", null));
  }

  @Override
  protected Capability checksCredentials() {
    return Capability.no("this server has no accounts; one that has them is in GcsAccountIT");
  }

  @Override
  protected Capability listsUnfinishedUploads() {
    return Capability.no("Google drops unfinished uploads after a week");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b+c&d=e?f#g%2Fh",
        "\u00e9\u1234\ud83d\ude00",
        "folder//deep/.hidden/x",
        "../up/./and/..",
        "~!@$^*(),;:'[]\"<>|\\{}`"
      })
  void keysOfAnySpellingArriveAsTheyAre(String name) {
    String key = freshKey(name);
    Buffer body = Contents.buffer(1, 1000);

    outcome(store().put(key, METADATA, body));

    assertThat(content(key)).isEqualTo(body);
    assertThat(outcome(store().list(new ListRequest(key, null, null, 10))).objects())
        .extracting(ObjectStat::key)
        .containsExactly(key);
    assertThat(outcome(store().delete(key, null))).isTrue();
  }
}
