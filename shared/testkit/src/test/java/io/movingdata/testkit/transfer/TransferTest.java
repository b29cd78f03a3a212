package io.movingdata.testkit.transfer;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.security.BytePool;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.security.FrameLayout;
import io.movingdata.core.security.Keyring;
import io.movingdata.core.security.ObjectLayout;
import io.movingdata.core.security.TokenSeal;
import io.movingdata.core.storage.ByteBudget;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.storage.StorageWorker;
import io.movingdata.core.storage.WorkerLimits;
import io.movingdata.core.transfer.DurableListener;
import io.movingdata.core.transfer.EncryptedReader;
import io.movingdata.core.transfer.EncryptedWriter;
import io.movingdata.core.transfer.ObjectMetadata;
import io.movingdata.core.transfer.StoredCopy;
import io.movingdata.core.transfer.TransferContext;
import io.movingdata.core.transfer.WriteTarget;
import io.movingdata.testkit.Contents;
import io.movingdata.testkit.storage.MemoryObjectStore;
import io.movingdata.testkit.storage.StoreOperation;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content through sessions, frames and a worker, in and out. */
class TransferTest {
  private static final String LOCATION = "memory";
  private static final int FRAME = FrameLayout.contentCapacity(0);
  private static final int FRAME_AND_MORE = 9_000_000;
  private static final Keyring KEYS =
      Keyring.parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "test");

  private Vertx vertx;
  private MemoryObjectStore store;
  private TransferContext context;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    Bus bus = new Bus(vertx);
    store = MemoryObjectStore.named("transfer-" + System.nanoTime());
    TokenSeal seal = new TokenSeal(LOCATION, "a credential");
    outcome(
        vertx.deployVerticle(
            new StorageWorker(bus, LOCATION, seal, store, WorkerLimits.standard())));
    outcome(new StorageClient(bus).ensure(LOCATION));
    context = withBudget(bus, 100_000_000);
  }

  private TransferContext withBudget(Bus bus, long bytes) {
    return new TransferContext(
        vertx,
        new StorageClient(bus),
        new ByteBudget(bytes),
        new BytePool(bytes),
        vertx.createSharedWorkerExecutor("cpu", 2),
        "");
  }

  @AfterEach
  void stop() {
    outcome(vertx.close());
  }

  private static WriteTarget target(int size) {
    CopyId copy = CopyId.random();
    String key = "slug.hash." + copy.value();
    ObjectFormat format = new ObjectLayout(size).format();
    CopyIntent intent =
        new CopyIntent(
            copy.value(),
            0,
            "a/b \u00e9",
            "c".repeat(32),
            LOCATION,
            key,
            format,
            KEYS.encryptionKey().keyId(),
            1_700_000_000,
            "test",
            "node",
            null,
            0,
            false,
            Instant.EPOCH);
    return new WriteTarget(
        LOCATION,
        key,
        copy,
        intent.createdAtS(),
        format,
        KEYS.encryptionKey(),
        ObjectMetadata.of(intent).toMap());
  }

  private static Replica replica(WriteTarget target, StoredCopy stored) {
    return new Replica(
        LOCATION,
        target.key(),
        target.format(),
        target.copyId().value(),
        target.createdAtS(),
        target.cipherKey().keyId(),
        stored.bytes(),
        stored.etag(),
        stored.checksum(),
        ReplicaState.VERIFIED,
        Instant.EPOCH);
  }

  /** Transfers belong to one event-loop context: everything here runs on one. */
  private <T> T onLoop(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    vertx.runOnContext(v -> work.get().onComplete(done));
    return outcome(done.future());
  }

  private Future<Void> frames(EncryptedWriter writer, byte[] content, int index, int until) {
    int from = (int) Math.min(FrameLayout.contentOffset(index), content.length);
    boolean single = content.length <= FRAME;
    if (index >= until || (from >= content.length && !single)) {
      return Future.succeededFuture();
    }
    int length = Math.min(FRAME, content.length - from);
    boolean last = from + length == content.length;
    Future<Void> written = writer.write(index, last, content, from, length, null);
    return last ? written : written.compose(v -> frames(writer, content, index + 1, until));
  }

  private Replica write(byte[] content) {
    WriteTarget target = target(content.length);
    StoredCopy stored =
        onLoop(
            () ->
                EncryptedWriter.open(context, target, null, DurableListener.NONE)
                    .compose(w -> frames(w, content, 0, 99).compose(v -> w.commit())));
    assertThat(stored.bytes()).isEqualTo(new ObjectLayout(content.length).storedSize());
    return replica(target, stored);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Future<byte[]> readAll(EncryptedReader reader, ByteArrayOutputStream into) {
    return reader
        .next()
        .compose(
            piece -> {
              if (piece == null) {
                reader.close();
                return Future.succeededFuture(into.toByteArray());
              }
              into.write(piece.array(), piece.offset(), piece.length());
              piece.close();
              return readAll(reader, into);
            });
  }

  private Future<byte[]> read(Replica copy, byte[] content, String sha, long from, long length) {
    EncryptedReader reader =
        EncryptedReader.open(context, copy, KEYS, content.length, sha, from, length);
    return readAll(reader, new ByteArrayOutputStream()).onFailure(e -> reader.close());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 786_000, 1_000_000, 5_000_000})
  void smallContentComesBack(int size) {
    byte[] content = Contents.bytes(size, size);
    Replica copy = write(content);
    assertThat(copy.format()).isEqualTo(ObjectFormat.FERNET);
    assertThat(onLoop(() -> read(copy, content, sha256(content), 0, size))).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void contentAroundFrameBordersComesBack(int more) {
    for (int frames = 1; frames <= 3; frames++) {
      byte[] content = Contents.bytes(frames, frames * FRAME + more);
      Replica copy = write(content);
      assertThat(onLoop(() -> read(copy, content, sha256(content), 0, content.length)))
          .isEqualTo(content);
    }
  }

  @Test
  void aRangeTouchesOnlyItsFrames() {
    byte[] content = Contents.bytes(9, 3 * FRAME + 77);
    Replica copy = write(content);
    long[][] ranges = {{0, 1}, {FRAME - 1, 2}, {FRAME, FRAME}, {3L * FRAME, 77}, {5, 0}};
    for (long[] range : ranges) {
      byte[] expected = Arrays.copyOfRange(content, (int) range[0], (int) (range[0] + range[1]));
      assertThat(onLoop(() -> read(copy, content, null, range[0], range[1]))).isEqualTo(expected);
    }
  }

  @Test
  void anInterruptedWriteGoesOnAtTheLastDurableFrame() {
    byte[] content = Contents.bytes(11, 4 * FRAME + 9);
    WriteTarget target = target(content.length);
    List<String> tokens = Collections.synchronizedList(new ArrayList<>());
    DurableListener listener =
        (bytes, token) -> {
          tokens.add(token);
          return Future.succeededFuture();
        };
    EncryptedWriter first =
        onLoop(
            () ->
                EncryptedWriter.open(context, target, null, listener)
                    .compose(w -> frames(w, content, 0, 3).map(w)));
    await().until(() -> tokens.size() == 4);
    first.suspend();
    long before = store.count(StoreOperation.PART);
    StoredCopy stored =
        onLoop(
            () ->
                EncryptedWriter.open(context, target, tokens.get(3), DurableListener.NONE)
                    .compose(
                        w -> {
                          assertThat(w.firstFrame()).isEqualTo(3);
                          return frames(w, content, w.firstFrame(), 99).compose(v -> w.commit());
                        }));
    assertThat(store.count(StoreOperation.PART) - before).isEqualTo(2);
    Replica copy = replica(target, stored);
    assertThat(onLoop(() -> read(copy, content, sha256(content), 0, content.length)))
        .isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {2000, FRAME_AND_MORE})
  void aByteFlippedAtRestIsNeverHandedOut(int size) {
    byte[] content = Contents.bytes(13, size);
    Replica copy = write(content);
    store.flipAtRest(copy.key(), (int) copy.bytes() / 3);
    Promise<byte[]> done = Promise.promise();
    vertx.runOnContext(v -> read(copy, content, sha256(content), 0, size).onComplete(done));
    refusal(done.future(), ErrorCode.CORRUPT_OBJECT);
  }

  @Test
  void anotherContentUnderTheRecordedShaIsRefused() {
    byte[] content = Contents.bytes(14, 3000);
    Replica copy = write(content);
    Promise<byte[]> done = Promise.promise();
    vertx.runOnContext(v -> read(copy, content, "00", 0, 3000).onComplete(done));
    refusal(done.future(), ErrorCode.CORRUPT_OBJECT);
  }

  @Test
  void aReadThatBreaksOffIsTakenUpAgain() {
    byte[] content = Contents.bytes(15, 2 * FRAME + 5);
    Replica copy = write(content);
    store.faults().cutReadAt(FRAME + 12345);
    assertThat(onLoop(() -> read(copy, content, sha256(content), 0, content.length)))
        .isEqualTo(content);
  }

  @Test
  void aBudgetSmallerThanAFrameStillLetsOneTransferAfterTheOtherThrough() {
    context = withBudget(new Bus(vertx), 1_000);
    byte[] content = Contents.bytes(16, 3 * FRAME);
    Replica copy = write(content);
    List<Future<byte[]>> reads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Promise<byte[]> done = Promise.promise();
      vertx.runOnContext(v -> read(copy, content, null, 0, content.length).onComplete(done));
      reads.add(done.future());
    }
    for (Future<byte[]> read : reads) {
      assertThat(outcome(read)).isEqualTo(content);
    }
    assertThat(context.budget().used()).isZero();
  }
}
