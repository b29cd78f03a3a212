package io.movingdata.gateway.storagetest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.StorageApi.Delete;
import io.movingdata.core.contract.StorageApi.Put;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.security.BytePool;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.security.FernetKey;
import io.movingdata.core.security.FrameOpener;
import io.movingdata.core.security.FrameSealer;
import io.movingdata.core.security.OpenedFrame;
import io.movingdata.core.storage.SmallObject;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One location's test: a small object of its own is encrypted, stored, read back, compared and
 * deleted, each step timed.
 */
final class StorageTest {
  private static final int SIZE = 4_096;

  private final NodeContext node;
  private final StorageClient storage;
  private final LocationConfig location;
  private final CopyId copyId = CopyId.random();
  private final String key = PhysicalKey.of("storage-test", copyId.value());
  private final byte[] content;
  private final ObjectNode result = JsonNodeFactory.instance.objectNode();

  StorageTest(NodeContext node, StorageClient storage, LocationConfig location) {
    this.node = node;
    this.storage = storage;
    this.location = location;
    String line = "storage test " + copyId + "\n";
    this.content = line.repeat(SIZE / line.length()).getBytes(StandardCharsets.US_ASCII);
  }

  /** Runs to its end; the failure, if any, is part of the result. */
  Future<ObjectNode> run() {
    result.put("ok", false).put("bucket", location.bucket());
    FernetKey cipherKey = location.keyring().encryptionKey();
    return storage
        .ensure(location.id())
        .compose(there -> timed("encrypt_ms", () -> encrypt(cipherKey)))
        .compose(
            token ->
                timed("put_ms", () -> storage.put(location.id(), new Put(key, Map.of()), token)))
        .compose(put -> timed("get_ms", () -> storage.get(location.id(), key)))
        .compose(got -> timed("decrypt_ms", () -> decrypt(cipherKey, got)))
        .map(
            same -> {
              result.put("sha", sha256(content));
              return true;
            })
        .recover(this::failed)
        .compose(
            ok ->
                timed("delete_ms", () -> storage.delete(location.id(), new Delete(key, null)))
                    .map(deleted -> ok)
                    .recover(this::failed))
        .map(ok -> result.put("ok", ok));
  }

  private Future<Boolean> failed(Throwable failure) {
    if (!(failure instanceof MovingDataException)) {
      return Future.failedFuture(failure);
    }
    if (!result.has("error")) {
      result.put("error", failure.getMessage());
    }
    return Future.succeededFuture(false);
  }

  private Future<Buffer> encrypt(FernetKey cipherKey) {
    long second = node.clock().instant().getEpochSecond();
    return node.cpu()
        .executeBlocking(
            () ->
                Buffer.buffer(
                    new FrameSealer(cipherKey, copyId, second, new BytePool(0))
                        .sealSingle(content)),
            false);
  }

  private Future<Void> decrypt(FernetKey cipherKey, SmallObject got) {
    return node.cpu()
        .executeBlocking(
            () -> {
              FrameOpener opener = new FrameOpener(cipherKey, copyId, new BytePool(0));
              try (OpenedFrame frame = opener.openSingle(got.body().getBytes())) {
                return MessageDigest.isEqual(frame.toBytes(), content);
              }
            },
            false)
        .otherwise(false)
        .map(
            same -> {
              if (!same) {
                throw MovingDataException.of(
                    ErrorCode.CHECKSUM_MISMATCH, "what was read back is not what was stored");
              }
              return null;
            });
  }

  private <T> Future<T> timed(String name, Supplier<Future<T>> step) {
    long start = System.nanoTime();
    return step.get()
        .onSuccess(
            done -> result.put(name, Math.round((System.nanoTime() - start) / 10_000.0) / 100.0));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
