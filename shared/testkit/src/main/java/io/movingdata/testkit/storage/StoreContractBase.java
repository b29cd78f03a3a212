package io.movingdata.testkit.storage;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.storage.ByteSource;
import io.movingdata.core.storage.ObjectStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What the contract's tests share: a store with its bucket, fresh keys, whole reads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreContractBase {
  /** The metadata of objects whose metadata does not matter. */
  protected static final Map<String, String> METADATA = Map.of("mdcopy", "abc", "mdfile", "Zm9v");

  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final AtomicInteger keys = new AtomicInteger();
  private final List<ObjectStore> opened = new ArrayList<>();
  private Vertx vertx;
  private ObjectStore store;

  /** A new connection to the bucket under test, always the same bucket. */
  protected abstract ObjectStore open(Vertx vertx);

  @BeforeAll
  void openTheStore() {
    vertx = Vertx.vertx();
    store = keep(open(vertx));
    outcome(store.ensure());
  }

  @AfterAll
  void closeTheStores() {
    opened.forEach(each -> outcome(each.close()));
    outcome(vertx.close());
  }

  /** The Vert.x instance of this class's tests. */
  protected final Vertx vertx() {
    return vertx;
  }

  /** The store under test. */
  protected final ObjectStore store() {
    return store;
  }

  /** A second connection to the same bucket, closed at the end. */
  protected final ObjectStore anotherStore() {
    return keep(open(vertx));
  }

  /** Remembers to close a store at the end. */
  protected final ObjectStore keep(ObjectStore other) {
    opened.add(other);
    return other;
  }

  /** A key that nobody has used. */
  protected final String freshKey(String purpose) {
    return run + "-" + keys.incrementAndGet() + "-" + purpose;
  }

  /** An object's bytes. */
  protected final Buffer content(String key) {
    return content(key, 0, -1);
  }

  /** A range of an object's bytes. */
  protected final Buffer content(String key, long offset, long length) {
    return drain(outcome(store.read(key, offset, length, null)));
  }

  /** The rest of a read. */
  protected static Buffer drain(ByteSource source) {
    Buffer all = Buffer.buffer();
    for (Buffer piece = outcome(source.next()); piece != null; piece = outcome(source.next())) {
      assertThat(piece.length()).isPositive();
      all.appendBuffer(piece);
    }
    source.close();
    return all;
  }

  /** Asserts that a description fits the bytes, its checksum where it has one included. */
  protected static void assertDescribes(ObjectStat stat, String key, Buffer body) {
    assertThat(stat.key()).isEqualTo(key);
    assertThat(stat.size()).isEqualTo(body.length());
    assertThat(stat.metadata()).isEqualTo(METADATA);
    if (stat.checksum() != null && !stat.checksum().startsWith("md5-parts:")) {
      assertThat(stat.checksum()).isIn("crc32c:" + crc32c(body).hex(), "md5:" + md5(body));
    }
  }

  /** The CRC-32C of a buffer. */
  protected static Crc32cValue crc32c(Buffer body) {
    return Crc32cValue.of(body.getBytes());
  }

  private static String md5(Buffer body) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(body.getBytes());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether what is asked on a context is also answered there, success or not. */
  protected static Future<Boolean> sameContext(Context context, Supplier<Future<?>> request) {
    Promise<Boolean> same = Promise.promise();
    context.runOnContext(
        v -> request.get().onComplete(answer -> same.complete(Vertx.currentContext() == context)));
    return same.future();
  }
}
