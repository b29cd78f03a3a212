package io.movingdata.gateway.content;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.storage.ByteBudget;
import io.movingdata.core.transfer.EncryptedWriter;
import io.movingdata.core.transfer.ObjectMetadata;
import io.movingdata.core.transfer.StoredCopy;
import io.movingdata.core.transfer.TransferContext;
import io.movingdata.core.transfer.WriteTarget;
import io.vertx.core.Future;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One content on its way into one new copy. The intent is recorded before the first byte leaves the
 * process; a copy that does not come to be referenced is given up.
 */
final class Upload implements FrameSink {
  private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

  private final NodeContext node;
  private final Bus bus;
  private final TransferContext context;
  private final UploadRequest request;
  private final LocationConfig target;
  private final ContentHash hash;
  private final CopyId copyId = CopyId.random();
  private final String contentId = CopyId.random().value();
  private final Instant startedAt;
  private CopyIntent intent;
  private EncryptedWriter writer;
  private String sha256;

  Upload(
      NodeContext node,
      TransferContext context,
      UploadRequest request,
      LocationConfig target,
      ContentHash hash) {
    this.node = node;
    this.bus = node.bus();
    this.context = context;
    this.request = request;
    this.target = target;
    this.hash = hash;
    this.startedAt = node.clock().instant();
  }

  /** The new copy's id. */
  String copyId() {
    return copyId.value();
  }

  /** What stands for this upload in the catalog. */
  String contentId() {
    return contentId;
  }

  /** Whether a file has this upload's content, in whatever copy. */
  boolean isContentOf(FileRecord file) {
    return file != null && contentId.equals(file.contentId());
  }

  /** The content's SHA-256, once its last frame is here. */
  String sha256() {
    return sha256;
  }

  @Override
  public Future<Void> frame(int index, boolean last, FrameBuffer frame, ByteBudget.Grant grant) {
    Future<Void> ready;
    try {
      if (last) {
        compareDigests();
      }
      ready = index > 0 ? Future.succeededFuture() : open(last);
    } catch (RuntimeException e) {
      ready = Future.failedFuture(e);
    }
    return ready
        .onFailure(failure -> grant.release())
        .compose(opened -> writer.write(index, last, frame.bytes(), 0, frame.length(), grant));
  }

  private void compareDigests() {
    sha256 = hash.sha256();
    request.digests().require(sha256, hash.md5());
  }

  private Future<Void> open(boolean single) {
    intent = intent(single ? ObjectFormat.FERNET : ObjectFormat.FERNET_FRAMES);
    WriteTarget place =
        new WriteTarget(
            target.id(),
            intent.key(),
            copyId,
            intent.createdAtS(),
            intent.format(),
            target.keyring().encryptionKey(),
            ObjectMetadata.of(intent).toMap());
    return Retries.run(
            bus.vertx(), RetryPolicy.BUS, () -> bus.request(CatalogApi.OPEN_COPY, intent))
        .compose(recorded -> EncryptedWriter.open(context, place, null, this::durable))
        .map(
            opened -> {
              writer = opened;
              return null;
            });
  }

  private CopyIntent intent(ObjectFormat format) {
    return new CopyIntent(
        copyId.value(),
        0,
        request.fileId(),
        contentId,
        target.id(),
        PhysicalKey.of(request.fileId(), copyId.value()),
        format,
        target.keyring().encryptionKey().keyId(),
        startedAt.getEpochSecond(),
        "upload",
        node.config().node().id(),
        null,
        0,
        false,
        startedAt);
  }

  private Future<Void> durable(long bytes, String resumeToken) {
    CatalogApi.CopyProgress progress =
        new CatalogApi.CopyProgress(copyId.value(), node.config().node().id(), resumeToken, bytes);
    return bus.request(CatalogApi.COPY_PROGRESS, progress).mapEmpty();
  }

  /** Completes the copy at its provider. */
  Future<Replica> commit() {
    return writer.commit().map(this::replica);
  }

  private Replica replica(StoredCopy stored) {
    return new Replica(
        target.id(),
        intent.key(),
        intent.format(),
        copyId.value(),
        intent.createdAtS(),
        intent.keyId(),
        stored.bytes(),
        stored.etag(),
        stored.checksum(),
        ReplicaState.VERIFIED,
        node.clock().instant());
  }

  /**
   * Gives the copy up. Answers whether it is garbage now; false: the file references it already.
   * What cannot be recorded now is found by the collector later.
   */
  Future<Boolean> discard() {
    if (intent == null) {
      return Future.succeededFuture(true);
    }
    if (writer != null) {
      writer.suspend();
    }
    CatalogApi.DiscardCopy discard =
        new CatalogApi.DiscardCopy(
            copyId.value(),
            request.fileId(),
            intent.location(),
            "abandoned",
            node.config().collector().graceMs());
    return Retries.run(
            bus.vertx(), RetryPolicy.BUS, () -> bus.request(CatalogApi.DISCARD_COPY, discard))
        .map(CatalogApi.Discarded::discarded)
        .otherwise(
            failure -> {
              LOG.warn("copy {} is left to the collector: {}", copyId, failure.getMessage());
              return true;
            });
  }
}
