package io.movingdata.storage.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.Response;
import com.azure.storage.blob.BlobAsyncClient;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.models.BlobDownloadAsyncResponse;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlockList;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.models.DownloadRetryOptions;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ByteSource;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;

/**
 * Descriptions, block lists and downloads of blobs, each answer compared with what was asked for.
 */
final class AzureReads {
  private static final String READ = "read an object";
  private static final DownloadRetryOptions ONCE =
      new DownloadRetryOptions().setMaxRetryRequests(0);

  private final BlobContainerAsyncClient container;
  private final AzureCalls calls;

  AzureReads(BlobContainerAsyncClient container, AzureCalls calls) {
    this.container = container;
    this.calls = calls;
  }

  /** As {@link io.movingdata.core.storage.ObjectStore#stat}. */
  Future<ObjectStat> stat(String key) {
    return calls.repeat(
        () ->
            calls
                .once("stat an object", 0, () -> blob(key).getPropertiesWithResponse(null))
                .map(answer -> AzureStats.ofProperties(key, answer)));
  }

  /** The blocks of a blob, committed or not, be it committed itself or not. */
  Future<Response<BlockList>> blocks(String key) {
    String operation = "list blocks";
    return calls.repeat(
        () ->
            calls
                .once(
                    operation,
                    0,
                    () ->
                        blob(key)
                            .getBlockBlobAsyncClient()
                            .listBlocksWithResponse(BlockListType.ALL, null))
                .map(
                    answer -> {
                      // The SDK takes an answer without a word for an empty list.
                      String length = answer.getHeaders().getValue(HttpHeaderName.CONTENT_LENGTH);
                      if (answer.getValue() == null || "0".equals(length)) {
                        throw AzureErrors.nonsense(operation, "no list");
                      }
                      return answer;
                    }));
  }

  /** As {@link io.movingdata.core.storage.ObjectStore#read}. */
  Future<ByteSource> open(String key, long offset, long length, String etag) {
    if (length == 0) {
      return nothing(key, offset, etag);
    }
    boolean whole = offset == 0 && length < 0;
    BlobRange range =
        whole ? null : length < 0 ? new BlobRange(offset) : new BlobRange(offset, length);
    BlobRequestConditions conditions = new BlobRequestConditions().setIfMatch(etag);
    return calls
        .repeat(
            () ->
                calls
                    .once(
                        READ,
                        0,
                        () -> blob(key).downloadStreamWithResponse(range, ONCE, conditions, false))
                    .map(answer -> opened(key, offset, length, answer)))
        .recover(
            failure ->
                offset == 0 && MovingDataException.is(failure, ErrorCode.RANGE_NOT_SATISFIABLE)
                    ? nothing(key, offset, etag)
                    : Future.failedFuture(failure));
  }

  /** A read without bytes, which no range can ask Azure for. */
  private Future<ByteSource> nothing(String key, long offset, String etag) {
    return stat(key)
        .map(
            found -> {
              if (etag != null && !etag.equals(found.etag())) {
                throw MovingDataException.of(
                    ErrorCode.PRECONDITION_FAILED, "the object has another entity tag");
              }
              checkOffset(offset, found.size());
              return source(found, 0, Flux.empty());
            });
  }

  private ByteSource opened(
      String key, long offset, long length, BlobDownloadAsyncResponse answer) {
    try {
      AzureStats.Announced announced = AzureStats.ofDownload(key, answer);
      long size = announced.stat().size();
      checkOffset(offset, size);
      long expected = length < 0 ? size - offset : Math.min(length, size - offset);
      if (announced.offset() != offset || announced.length() != expected) {
        throw AzureErrors.nonsense(READ, "another range than was asked for");
      }
      return source(announced.stat(), expected, answer.getValue());
    } catch (MovingDataException e) {
      // Subscribed to and cancelled at once, which frees the connection.
      answer.getValue().take(0).contextWrite(LateErrors.ignored()).subscribe();
      throw e;
    }
  }

  private static void checkOffset(long offset, long size) {
    // The emulator answers a range that begins at the end with no bytes instead of a refusal.
    if (offset > 0 && offset >= size) {
      throw MovingDataException.of(
          ErrorCode.RANGE_NOT_SATISFIABLE, "the range lies outside the object");
    }
  }

  private ByteSource source(ObjectStat stat, long announced, Flux<ByteBuffer> bytes) {
    return AzureByteSource.open(calls.vertx(), calls.limits(), stat, announced, bytes);
  }

  private BlobAsyncClient blob(String key) {
    return container.getBlobAsyncClient(key);
  }
}
