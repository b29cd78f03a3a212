package io.movingdata.core.storage;

import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One bucket of one provider: what a provider module implements, and nothing beyond it. Every
 * failure is a {@link io.movingdata.core.error.MovingDataException}: {@code OBJECT_NOT_FOUND},
 * {@code PROVIDER_REJECTED} (credentials, missing bucket), {@code PROVIDER_BUSY} (throttled, with
 * the wait asked for), {@code PROVIDER_DOWN} (unreachable, time-out, nonsense), {@code
 * CHECKSUM_MISMATCH}. Implementations retry what is safe to retry; callers do not retry again below
 * the level of a move. Methods may be called from any event-loop context, never block it, and their
 * futures complete on it.
 */
public interface ObjectStore {
  /** Creates the bucket or container where it is missing. */
  Future<Void> ensure();

  /** Asks for the bucket; the bucket's name. */
  Future<String> probe();

  /** Describes an object; {@code OBJECT_NOT_FOUND} where there is none. */
  Future<ObjectStat> stat(String key);

  /**
   * Reads {@code length} bytes from {@code offset}, or to the end for -1. The source fails when the
   * provider delivers fewer bytes than it announced. An offset at or past the end of a non-empty
   * object is {@code RANGE_NOT_SATISFIABLE}.
   *
   * @param etag when not null, the object must still have it: {@code PRECONDITION_FAILED}
   */
  Future<ByteSource> read(String key, long offset, long length, String etag);

  /**
   * Stores a whole object in one request, sending a checksum that the provider checks, and compares
   * what the provider says it stored. Safe to repeat: keys are never used twice.
   */
  Future<ObjectStat> put(String key, Map<String, String> metadata, Buffer body);

  /** Begins an upload in parts and answers what resumes it. */
  Future<String> beginUpload(String key, Map<String, String> metadata);

  /**
   * What the provider holds of an upload, as far as it is contiguous from the start.
   *
   * @return null where the provider no longer knows the upload
   */
  Future<UploadedParts> uploadedParts(String key, String uploadId);

  /**
   * Stores one part, with a checksum that the provider checks. Parts before the last are multiples
   * of 256 KiB of at least 5 MiB. Safe to repeat with the same bytes. Called in order of part
   * numbers where {@link #parallelParts()} is 1.
   *
   * @return what {@link #completeUpload} needs to know of the part, such as its entity tag
   */
  Future<String> uploadPart(String key, String uploadId, Part part, Buffer body);

  /**
   * Makes the object of its parts and compares size and checksum with what the provider says it
   * stored; {@code CHECKSUM_MISMATCH} where they differ.
   */
  Future<ObjectStat> completeUpload(String key, String uploadId, UploadedParts parts);

  /** Aborts an upload; unknown ones are success. */
  Future<Void> abortUpload(String key, String uploadId);

  /**
   * Deletes an object.
   *
   * @param etag sent as a condition where the provider knows conditional deletes; may be null
   * @return whether there was one
   */
  Future<Boolean> delete(String key, String etag);

  /** One page of a listing. */
  Future<ListPage> list(ListRequest request);

  /** Unfinished uploads begun before a time; empty where the provider drops them by itself. */
  Future<List<UnfinishedUpload>> unfinishedUploads(Instant before);

  /** How many parts of one upload may be sent at the same time. */
  int parallelParts();

  /** Gives connections back. */
  Future<Void> close();

  /**
   * One part.
   *
   * @param number from 1
   * @param offset of its first byte in the object
   * @param size its bytes
   * @param last whether the object ends with it
   */
  record Part(int number, long offset, long size, boolean last) {}

  /**
   * The parts an upload has, in order.
   *
   * @param size their bytes
   * @param tags what {@link #uploadPart} answered for each
   * @param crc32c CRC-32C of their bytes together, -1 where it is not known
   */
  record UploadedParts(long size, List<String> tags, long crc32c) {
    public UploadedParts {
      tags = List.copyOf(tags);
    }
  }

  /** An upload that nobody has finished. */
  record UnfinishedUpload(String key, String uploadId, Instant begun) {}
}
