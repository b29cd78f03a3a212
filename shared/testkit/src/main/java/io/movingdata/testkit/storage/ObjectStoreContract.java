package io.movingdata.testkit.storage;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.storage.ByteSource;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.testkit.Contents;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole objects: what every {@link ObjectStore} does with put, stat, read and delete, and how it
 * refuses. The parts of an upload are in {@link UploadContract}, listings in {@link
 * ListingContract}; a store inherits all of them by extending this class.
 */
public abstract class ObjectStoreContract extends UploadContract {

  /** A store with credentials that the server does not know. */
  protected abstract ObjectStore openWithBadCredentials(Vertx vertx);

  /** A store for a bucket that does not exist. */
  protected abstract ObjectStore openOnMissingBucket(Vertx vertx);

  /** A store whose endpoint is a port of this machine at which nobody listens. */
  protected abstract ObjectStore openUnreachable(Vertx vertx);

  /** Whether the server checks credentials at all. */
  protected Capability checksCredentials() {
    return Capability.yes();
  }

  /** Whether a delete with another entity tag is refused. */
  protected Capability conditionalDelete() {
    return Capability.yes();
  }

  /** How long an unreachable endpoint may take to be reported, retries included. */
  protected Duration reportsUnreachableWithin() {
    return Duration.ofSeconds(45);
  }

  @Test
  void ensureMayBeRepeated() {
    outcome(store().ensure());
    outcome(store().ensure());
    assertThat(outcome(store().probe())).isEqualTo(outcome(store().probe())).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 65_536, 300_000, 1_048_576, 6_000_000})
  void storesAndReturnsExactlyTheseBytes(int size) {
    String key = freshKey("size-" + size);
    Buffer body = Contents.buffer(size, size);

    ObjectStat stored = outcome(store().put(key, METADATA, body));

    assertDescribes(stored, key, body);
    assertDescribes(outcome(store().stat(key)), key, body);
    assertThat(content(key)).isEqualTo(body);
  }

  @Test
  void keepsMetadataExactly() {
    String key = freshKey("metadata");
    Map<String, String> metadata =
        Map.of(
            "mdfile", "a".repeat(1366),
            "mdcopy", "0123456789abcdef0123456789abcdef",
            "mdformat", "fernet-frames",
            "mdcreated", "1764028800",
            "mdkey", "0123456789abcdef",
            "mdcontent", "Zm9v-_8=");

    outcome(store().put(key, metadata, Buffer.buffer("x")));

    assertThat(outcome(store().stat(key)).metadata()).isEqualTo(metadata);
    ByteSource source = outcome(store().read(key, 0, -1, null));
    source.close();
    assertThat(source.stat().metadata()).isEqualTo(metadata);
  }

  @Test
  void storesUnderEveryKeyThatAFileCanHave() {
    List<String> keys = new ArrayList<>();
    String copy = "0123456789abcdef0123456789abcdef";
    for (String file :
        List.of("a", "A", "../../etc/passwd", "ä/ö?ü#%2F+ &", "报告.pdf", "x".repeat(1024), "---")) {
      keys.add(freshKey("") + PhysicalKey.of(file, copy));
    }
    String start = freshKey("longest");
    keys.add(start + "k".repeat(200 - start.length()));

    for (String key : keys) {
      outcome(store().put(key, METADATA, Buffer.buffer(key)));
    }

    for (String key : keys) {
      assertThat(content(key)).isEqualTo(Buffer.buffer(key));
    }
  }

  @Test
  void readsRanges() {
    String key = freshKey("ranges");
    Buffer body = Contents.buffer(7, 1_000_000);
    outcome(store().put(key, METADATA, body));

    assertThat(content(key, 0, 1)).isEqualTo(body.getBuffer(0, 1));
    assertThat(content(key, 999_999, 1)).isEqualTo(body.getBuffer(999_999, 1_000_000));
    assertThat(content(key, 500_000, -1)).isEqualTo(body.getBuffer(500_000, 1_000_000));
    assertThat(content(key, 262_144, 262_144)).isEqualTo(body.getBuffer(262_144, 524_288));
    assertThat(content(key, 999_990, 1000)).isEqualTo(body.getBuffer(999_990, 1_000_000));
  }

  @Test
  void describesTheWholeObjectWhenARangeIsRead() {
    String key = freshKey("range-stat");
    Buffer body = Contents.buffer(8, 100_000);
    ObjectStat stored = outcome(store().put(key, METADATA, body));

    ByteSource source = outcome(store().read(key, 10, 20, null));
    source.close();

    assertThat(source.stat().size()).isEqualTo(100_000);
    assertThat(source.stat().etag()).isEqualTo(stored.etag());
  }

  @ParameterizedTest
  @ValueSource(longs = {1000, 1001, 1_000_000_000_000L})
  void refusesARangeBeyondTheEnd(long offset) {
    String key = freshKey("beyond-" + offset);
    outcome(store().put(key, METADATA, Contents.buffer(9, 1000)));

    refusal(store().read(key, offset, -1, null), ErrorCode.RANGE_NOT_SATISFIABLE);
    refusal(store().read(key, offset, 10, null), ErrorCode.RANGE_NOT_SATISFIABLE);
  }

  @Test
  void readsOnlyTheVersionThatIsAskedFor() {
    String key = freshKey("condition");
    String first = outcome(store().put(key, METADATA, Buffer.buffer("first"))).etag();
    String second = outcome(store().put(key, METADATA, Buffer.buffer("second"))).etag();

    assertThat(first).isNotBlank().isNotEqualTo(second);
    assertThat(outcome(store().stat(key)).etag()).isEqualTo(second);
    assertThat(drain(outcome(store().read(key, 0, -1, second)))).isEqualTo(Buffer.buffer("second"));
    refusal(store().read(key, 0, -1, first), ErrorCode.PRECONDITION_FAILED);
  }

  @Test
  void aReadMayBeClosedAtAnyTime() {
    String key = freshKey("closed");
    Buffer body = Contents.buffer(10, 3_000_000);
    outcome(store().put(key, METADATA, body));

    ByteSource untouched = outcome(store().read(key, 0, -1, null));
    untouched.close();
    untouched.close();
    ByteSource begun = outcome(store().read(key, 0, -1, null));
    assertThat(outcome(begun.next()).length()).isPositive();
    begun.close();

    assertThat(content(key)).isEqualTo(body);
  }

  @Test
  void knowsNothingOfAMissingObject() {
    String key = freshKey("missing");

    refusal(store().stat(key), ErrorCode.OBJECT_NOT_FOUND);
    refusal(store().read(key, 0, -1, null), ErrorCode.OBJECT_NOT_FOUND);
    refusal(store().read(key, 5, 5, null), ErrorCode.OBJECT_NOT_FOUND);
    assertThat(outcome(store().delete(key, null))).isFalse();
  }

  @Test
  void deletesOnce() {
    String key = freshKey("delete");
    String etag = outcome(store().put(key, METADATA, Buffer.buffer("x"))).etag();

    outcome(store().delete(key, etag));
    outcome(store().delete(key, etag));

    refusal(store().stat(key), ErrorCode.OBJECT_NOT_FOUND);
  }

  @Test
  void deletesOnlyTheVersionThatIsAskedForWhereItCan() {
    String key = freshKey("stale-delete");
    String stale = outcome(store().put(key, METADATA, Buffer.buffer("first"))).etag();
    outcome(store().put(key, METADATA, Buffer.buffer("second")));

    if (conditionalDelete().present()) {
      refusal(store().delete(key, stale), ErrorCode.PRECONDITION_FAILED);
      assertThat(content(key)).isEqualTo(Buffer.buffer("second"));
    } else {
      outcome(store().delete(key, stale));
      refusal(store().stat(key), ErrorCode.OBJECT_NOT_FOUND);
    }
  }

  @Test
  void storesManyAtOnce() {
    List<Future<ObjectStat>> puts = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String key = freshKey("parallel-" + i);
      keys.add(key);
      puts.add(store().put(key, METADATA, Contents.buffer(i, 100_000)));
    }
    outcome(Future.all(puts));

    for (int i = 0; i < keys.size(); i++) {
      assertThat(content(keys.get(i))).isEqualTo(Contents.buffer(i, 100_000));
    }
  }

  @Test
  void answersOnTheContextThatAsked() {
    String key = freshKey("context");
    Context context = vertx().getOrCreateContext();
    List<Future<Boolean>> answers = new ArrayList<>();
    answers.add(sameContext(context, () -> store().put(key, METADATA, Buffer.buffer("xy"))));
    answers.add(sameContext(context, () -> store().stat(key + "-missing")));
    answers.add(sameContext(context, () -> store().beginUpload(key, METADATA)));
    answers.add(sameContext(context, () -> store().probe()));

    assertThat(answers).allSatisfy(answer -> assertThat(outcome(answer)).isTrue());
    assertThat(outcome(sameContext(context, () -> store().read(key, 0, -1, null)))).isTrue();
  }

  @Test
  void refusesBadCredentials() {
    ObjectStore stranger = keep(openWithBadCredentials(vertx()));
    String key = freshKey("stranger");
    if (checksCredentials().present()) {
      refusal(stranger.probe(), ErrorCode.PROVIDER_REJECTED);
      refusal(stranger.stat(key), ErrorCode.PROVIDER_REJECTED);
      refusal(stranger.put(key, METADATA, Buffer.buffer("x")), ErrorCode.PROVIDER_REJECTED);
    } else {
      assertThat(outcome(stranger.put(key, METADATA, Buffer.buffer("x"))).size()).isEqualTo(1);
    }
  }

  @Test
  void refusesToWriteToAMissingBucket() {
    ObjectStore nowhere = keep(openOnMissingBucket(vertx()));

    refusal(
        nowhere.put(freshKey("nowhere"), METADATA, Buffer.buffer("x")),
        ErrorCode.PROVIDER_REJECTED);
    refusal(nowhere.probe(), ErrorCode.PROVIDER_REJECTED);
  }

  @Test
  void reportsAnUnreachableProviderInTime() {
    ObjectStore unreachable = keep(openUnreachable(vertx()));
    Future<?> probe = unreachable.probe();
    Future<?> stat = unreachable.stat("key");
    Future<?> put = unreachable.put("key", METADATA, Buffer.buffer("x"));

    for (Future<?> answer : List.of(probe, stat, put)) {
      refusal(answer, ErrorCode.PROVIDER_DOWN, reportsUnreachableWithin());
    }
  }
}
