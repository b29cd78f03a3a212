package io.movingdata.storage.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.Response;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.Block;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.models.BlockList;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.specialized.BlockBlobAsyncClient;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Uploads in staged blocks. Nothing on the service says that an upload has begun: its id is made
 * here, because any marker would be an object under the key. A blob comes into being by one commit
 * that succeeds only where there is none yet, so that a repeated or late one can change nothing.
 */
final class AzureUploads {
  private static final BlobRequestConditions ABSENT =
      new BlobRequestConditions().setIfNoneMatch("*");

  private static final HttpHeaderName BLOB_LENGTH =
      HttpHeaderName.fromString("x-ms-blob-content-length");

  private final BlobContainerAsyncClient container;
  private final AzureReads reads;
  private final AzureCalls calls;
  private final WorkerExecutor cpu;

  AzureUploads(
      BlobContainerAsyncClient container, AzureReads reads, AzureCalls calls, WorkerExecutor cpu) {
    this.container = container;
    this.reads = reads;
    this.calls = calls;
    this.cpu = cpu;
  }

  /** A new id; nothing is sent. */
  String begin(Map<String, String> metadata) {
    return AzureUploadId.begin(Instant.now(), metadata).text();
  }

  /** The blocks of the upload without a gap, staged or committed; null where there are none. */
  Future<UploadedParts> uploaded(String key, AzureUploadId id) {
    return reads
        .blocks(key)
        .map(
            found ->
                StagedBlocks.of(id, found.getValue().getCommittedBlocks())
                    .parts()
                    .or(() -> StagedBlocks.of(id, found.getValue().getUncommittedBlocks()).parts())
                    .orElse(null))
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  /** Stages a block; the answer is its size. An empty one is not sent: Azure takes none. */
  Future<String> stage(String key, AzureUploadId id, Part part, Buffer body) {
    String tag = Integer.toString(body.length());
    if (body.length() == 0) {
      return Future.succeededFuture(tag);
    }
    String name = id.block(part.number());
    return Payload.of(cpu, body)
        .compose(payload -> calls.repeat(() -> stageOnce(blob(key), name, payload)))
        .map(tag);
  }

  private Future<Void> stageOnce(BlockBlobAsyncClient blob, String name, Payload payload) {
    String operation = "stage a block";
    return calls
        .once(
            operation,
            payload.length(),
            () ->
                blob.stageBlockWithResponse(
                    name, payload.flux(), payload.length(), payload.md5Bytes(), null))
        .map(
            answer -> {
              // Azure repeats the checksum that it verified, the emulator does not.
              String md5 = answer.getHeaders().getValue(HttpHeaderName.CONTENT_MD5);
              if (md5 != null && !md5.equals(payload.md5Base64())) {
                throw AzureErrors.mismatch(operation, "block");
              }
              return null;
            });
  }

  /**
   * Commits the blocks and compares what the blob then consists of. Whatever became of the commit
   * itself, what counts is the blob under the key: it is this upload's, or there is none.
   */
  Future<ObjectStat> complete(String key, AzureUploadId id, UploadedParts parts) {
    StagedBlocks wanted = StagedBlocks.of(id, parts);
    if (wanted.size() != parts.size()) {
      return Future.failedFuture(AzureErrors.mismatch("staging blocks", "size"));
    }
    BlockBlobCommitBlockListOptions commit =
        new BlockBlobCommitBlockListOptions(wanted.names())
            .setMetadata(id.metadata())
            .setRequestConditions(ABSENT);
    return calls
        .repeat(
            () ->
                calls
                    .once("commit blocks", 0, () -> blob(key).commitBlockListWithResponse(commit))
                    .map(Response::getValue)
                    .recover(AzureUploads::unlessCommitted))
        .compose(item -> reads.blocks(key).map(found -> compared(key, id, wanted, found, item)));
  }

  private static Future<BlockBlobItem> unlessCommitted(Throwable failure) {
    return MovingDataException.is(failure, ErrorCode.CONFLICT)
        ? Future.succeededFuture()
        : Future.failedFuture(failure);
  }

  /**
   * What was committed.
   *
   * @param item the answer of our commit, null where another one was first
   */
  private static ObjectStat compared(
      String key,
      AzureUploadId id,
      StagedBlocks wanted,
      Response<BlockList> found,
      BlockBlobItem item) {
    String operation = "commit blocks";
    List<Block> committed = found.getValue().getCommittedBlocks();
    String length = found.getHeaders().getValue(BLOB_LENGTH);
    String etag = found.getHeaders().getValue(HttpHeaderName.ETAG);
    boolean same =
        wanted.equals(StagedBlocks.of(id, committed))
            && committed.size() == wanted.names().size()
            && Long.toString(wanted.size()).equals(length);
    if (!same || (item != null && !Objects.equals(item.getETag(), etag))) {
      throw AzureErrors.mismatch(operation, "object");
    }
    return AzureStats.ofCommit(key, wanted.size(), id.metadata(), found.getHeaders());
  }

  private BlockBlobAsyncClient blob(String key) {
    return container.getBlobAsyncClient(key).getBlockBlobAsyncClient();
  }
}
