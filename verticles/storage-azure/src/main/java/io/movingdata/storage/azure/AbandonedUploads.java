package io.movingdata.storage.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.Block;
import com.azure.storage.blob.models.BlockList;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.specialized.BlockBlobAsyncClient;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ObjectStore.UnfinishedUpload;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Uploads that nobody will finish. Azure drops their blocks after a week, and has no call that does
 * it sooner. Committing an empty list drops them at once; what that leaves is an empty blob, marked
 * with the upload that it was, which is deleted again. Both steps are conditional, so that any
 * other blob is never touched, and an upload under the same key that goes on meanwhile fails and
 * starts again instead of losing bytes. A mark that a crash or a lost answer left is found and
 * deleted.
 */
final class AbandonedUploads {
  /** Metadata of the empty blob; the value is the upload's generation. */
  private static final String MARK = "mdabandoned";

  private static final String DROP = "drop blocks";

  private final BlobContainerAsyncClient container;
  private final AzureListing listing;
  private final AzureReads reads;
  private final AzureCalls calls;

  AbandonedUploads(
      BlobContainerAsyncClient container,
      AzureListing listing,
      AzureReads reads,
      AzureCalls calls) {
    this.container = container;
    this.listing = listing;
    this.reads = reads;
    this.calls = calls;
  }

  /** Drops the blocks of an upload, where they are the only ones under the key. */
  Future<Void> abort(String key, AzureUploadId id) {
    return uncommitted(key)
        .compose(
            generations ->
                generations.equals(Set.of(id.generation()))
                    ? mark(key, id)
                    : Future.succeededFuture())
        .compose(marked -> reads.stat(key))
        .compose(found -> unmark(found, id))
        .recover(AbandonedUploads::unlessGone);
  }

  private Future<Void> mark(String key, AzureUploadId id) {
    BlockBlobCommitBlockListOptions nothing =
        new BlockBlobCommitBlockListOptions(List.of())
            .setMetadata(Map.of(MARK, id.generation()))
            .setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*"));
    return calls
        .retried(DROP, () -> blob(key).commitBlockListWithResponse(nothing))
        .<Void>mapEmpty()
        .recover(AbandonedUploads::unlessGone);
  }

  private Future<Void> unmark(ObjectStat found, AzureUploadId id) {
    if (found.size() > 0 || !id.generation().equals(found.metadata().get(MARK))) {
      return Future.succeededFuture();
    }
    BlobRequestConditions same = new BlobRequestConditions().setIfMatch(found.etag());
    return calls
        .retried(
            DROP,
            () -> blob(found.key()).deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, same))
        .mapEmpty();
  }

  /** A blob that exists, or has changed or gone, is not ours to touch. */
  private static Future<Void> unlessGone(Throwable failure) {
    boolean gone =
        MovingDataException.is(failure, ErrorCode.CONFLICT)
            || MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
            || MovingDataException.is(failure, ErrorCode.PRECONDITION_FAILED);
    return gone ? Future.succeededFuture() : Future.failedFuture(failure);
  }

  /** Uploads of ours that began before a time and whose blob was never committed. */
  Future<List<UnfinishedUpload>> begunBefore(Instant before) {
    return pageAfter(null, before, new ArrayList<>());
  }

  private Future<List<UnfinishedUpload>> pageAfter(
      String token, Instant before, List<UnfinishedUpload> found) {
    return listing
        .withUncommitted(token)
        .compose(
            page ->
                ofPage(page, before, found)
                    .compose(
                        done -> {
                          String next = page.getContinuationToken();
                          return next == null || next.isEmpty()
                              ? Future.succeededFuture(found)
                              : pageAfter(next, before, found);
                        }));
  }

  /** Only an empty entry can be one without a commit, whose blocks tell, or a mark. */
  private Future<Void> ofPage(
      PagedResponse<BlobItem> page, Instant before, List<UnfinishedUpload> found) {
    Future<Void> sofar = Future.succeededFuture();
    for (BlobItem item : page.getValue()) {
      Long size = item.getProperties().getContentLength();
      String mark = item.getMetadata() == null ? null : item.getMetadata().get(MARK);
      if (mark != null) {
        note(item.getName(), mark, before, found);
      } else if (size == null || size == 0) {
        sofar = sofar.compose(done -> ofKey(item.getName(), before, found));
      }
    }
    return sofar;
  }

  private Future<Void> ofKey(String key, Instant before, List<UnfinishedUpload> found) {
    return uncommitted(key)
        .map(
            generations -> {
              generations.forEach(generation -> note(key, generation, before, found));
              return null;
            });
  }

  private static void note(
      String key, String generation, Instant before, List<UnfinishedUpload> found) {
    AzureUploadId id = new AzureUploadId(generation, Map.of());
    if (id.begun().isBefore(before)) {
      found.add(new UnfinishedUpload(key, id.text(), id.begun()));
    }
  }

  /** The uploads of which there are blocks under a key. */
  private Future<Set<String>> uncommitted(String key) {
    return reads
        .blocks(key)
        .map(found -> generations(found.getValue()))
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
                    ? Future.succeededFuture(Set.of())
                    : Future.failedFuture(failure));
  }

  private static Set<String> generations(BlockList list) {
    return list.getUncommittedBlocks().stream()
        .map(Block::getName)
        .map(AzureUploadId::blockOf)
        .flatMap(Optional::stream)
        .map(AzureUploadId.Block::generation)
        .collect(Collectors.toSet());
  }

  private BlockBlobAsyncClient blob(String key) {
    return container.getBlobAsyncClient(key).getBlockBlobAsyncClient();
  }
}
