package io.movingdata.testkit.transfer;

import static io.movingdata.testkit.Results.outcome;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.security.BytePool;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.security.FrameLayout;
import io.movingdata.core.security.Keyring;
import io.movingdata.core.security.TokenSeal;
import io.movingdata.core.storage.ByteBudget;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.storage.StorageWorker;
import io.movingdata.core.storage.WorkerLimits;
import io.movingdata.core.transfer.DurableListener;
import io.movingdata.core.transfer.EncryptedReader;
import io.movingdata.core.transfer.EncryptedWriter;
import io.movingdata.core.transfer.StoredCopy;
import io.movingdata.core.transfer.TransferContext;
import io.movingdata.core.transfer.WriteTarget;
import io.movingdata.testkit.Contents;
import io.movingdata.testkit.storage.MemoryObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Measures a re-encrypting copy from one location in memory to another through the bus of one JVM:
 * {@code TransferSpeed [MiB] [copies at once] [rounds]}.
 */
public final class TransferSpeed {
  private static final Keyring FROM =
      Keyring.parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "measurement");
  private static final Keyring TO =
      Keyring.parse("HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "measurement");
  private static final int MIB = 1024 * 1024;

  private final Vertx vertx = Vertx.vertx();
  private final MemoryObjectStore source = MemoryObjectStore.named("source");
  private final MemoryObjectStore target = MemoryObjectStore.named("target");
  private final TransferContext context;
  private final byte[] frame = Contents.bytes(1, FrameLayout.contentCapacity(0));

  private TransferSpeed() {
    Bus bus = new Bus(vertx);
    for (MemoryObjectStore store : List.of(source, target)) {
      String location = outcome(store.probe());
      outcome(
          vertx.deployVerticle(
              new StorageWorker(
                  bus,
                  location,
                  new TokenSeal(location, "a credential"),
                  store,
                  WorkerLimits.standard())));
    }
    long budget = Runtime.getRuntime().maxMemory() / 3;
    int cores = Runtime.getRuntime().availableProcessors();
    context =
        new TransferContext(
            vertx,
            new StorageClient(bus),
            new ByteBudget(budget),
            new BytePool(budget / 2),
            vertx.createSharedWorkerExecutor("cpu", cores),
            "");
  }

  /** Runs the measurement and prints a line for each round. */
  public static void main(String[] arguments) {
    int mib = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 256;
    int atOnce = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
    TransferSpeed speed = new TransferSpeed();
    speed.run(mib, atOnce, rounds);
    outcome(speed.vertx.close());
  }

  private void run(int mib, int atOnce, int rounds) {
    int frames = (int) ((long) mib * MIB / frame.length) + 1;
    WriteTarget source = target("source", FROM);
    Replica original = replica(source, onLoop(() -> fill(source, frames)));
    double content = (double) frames * frame.length / MIB;
    for (int round = 1; round <= rounds; round++) {
      long start = System.nanoTime();
      List<Future<?>> copies = new ArrayList<>();
      for (int i = 0; i < atOnce; i++) {
        copies.add(begin(() -> copy(original, (long) frames * frame.length)));
      }
      outcome(Future.all(copies));
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "round %d: %d x %.0f MiB of content in %.2f s: %.0f MiB/s%n",
          round, atOnce, content, seconds, atOnce * content / seconds);
      target.keys().forEach(key -> outcome(target.delete(key, null)));
    }
  }

  private Future<StoredCopy> fill(WriteTarget target, int frames) {
    return EncryptedWriter.open(context, target, null, DurableListener.NONE)
        .compose(writer -> fill(writer, 0, frames).compose(v -> writer.commit()));
  }

  private Future<Void> fill(EncryptedWriter writer, int index, int frames) {
    if (index == frames) {
      return Future.succeededFuture();
    }
    return writer
        .write(index, index == frames - 1, frame, 0, frame.length, null)
        .compose(v -> fill(writer, index + 1, frames));
  }

  private Future<StoredCopy> copy(Replica original, long size) {
    EncryptedReader reader = EncryptedReader.open(context, original, FROM, size, null, 0, size);
    return EncryptedWriter.open(context, target("target", TO), null, DurableListener.NONE)
        .compose(writer -> pump(reader, writer).compose(v -> writer.commit()))
        .onComplete(done -> reader.close());
  }

  private static Future<Void> pump(EncryptedReader reader, EncryptedWriter writer) {
    return reader
        .next()
        .compose(
            piece ->
                piece == null
                    ? Future.succeededFuture()
                    : writer.write(piece).compose(v -> pump(reader, writer)));
  }

  private <T> Future<T> begin(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    vertx.runOnContext(v -> work.get().onComplete(done));
    return done.future();
  }

  private <T> T onLoop(Supplier<Future<T>> work) {
    return outcome(begin(work));
  }

  private static WriteTarget target(String location, Keyring keys) {
    CopyId copy = CopyId.random();
    return new WriteTarget(
        location,
        "copy." + copy.value(),
        copy,
        1_700_000_000,
        ObjectFormat.FERNET_FRAMES,
        keys.encryptionKey(),
        Map.of());
  }

  private static Replica replica(WriteTarget target, StoredCopy stored) {
    return new Replica(
        target.location(),
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
}
