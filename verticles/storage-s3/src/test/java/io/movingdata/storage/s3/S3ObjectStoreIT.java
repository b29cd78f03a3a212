package io.movingdata.storage.s3;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.testkit.Contents;
import io.movingdata.testkit.storage.ObjectStoreContract;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every object store, against a server that checks signatures and checksums. */
class S3ObjectStoreIT extends ObjectStoreContract {
  @RegisterExtension static final LocalS3 S3 = new LocalS3();

  @Override
  protected ObjectStore open(Vertx vertx) {
    return LocalS3.open(vertx, S3.location(), Clock.systemUTC());
  }

  @Override
  protected ObjectStore openWithBadCredentials(Vertx vertx) {
    S3Locations location = S3.location().keys("minio", "another-secret");
    return LocalS3.open(vertx, location, Clock.systemUTC());
  }

  @Override
  protected ObjectStore openOnMissingBucket(Vertx vertx) {
    return LocalS3.open(vertx, S3.location().bucket("no-such-bucket"), Clock.systemUTC());
  }

  @Override
  protected ObjectStore openUnreachable(Vertx vertx) {
    return LocalS3.open(vertx, S3Locations.at("http://127.0.0.1:1"), Clock.systemUTC());
  }

  @ParameterizedTest
  @ValueSource(longs = {-3600, 3600})
  void aClockThatIsAnHourOffIsCorrected(long seconds) {
    Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds));
    ObjectStore store = keep(LocalS3.open(vertx(), S3.location(), wrong));
    String key = freshKey("clock");

    ObjectStat stored = outcome(store.put(key, METADATA, Buffer.buffer("late")));

    assertThat(stored.size()).isEqualTo(4);
    assertThat(outcome(store.stat(key)).etag()).isEqualTo(stored.etag());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b+c&d=e?f#g%2Fh",
        "\u00e9\u1234\ud83d\ude00",
        "folder/deep/.hidden/x",
        "~!@$^*(),;:'[]"
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
