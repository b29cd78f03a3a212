package io.movingdata.core.contract;

import io.movingdata.core.bus.Done;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a storage worker does for its location. All operations go to {@code
 * movingdata.storage.<location>} with the verb in a header; those of an open session go to the
 * address of the instance that opened it. Object bytes are ciphertext always: a worker never sees a
 * key or plaintext.
 */
public final class StorageApi {
  /** Header that names the operation. */
  public static final String VERB = "verb";

  /** Header of the data plane: the session. */
  public static final String SESSION = "session";

  /** Header of the data plane: byte offset in the stored object. */
  public static final String OFFSET = "offset";

  /** Header of {@code next}: most bytes to answer with. */
  public static final String MAX = "max";

  /** Header of {@code append}: this chunk ends a part. */
  public static final String PART_END = "part-end";

  /** Header of {@code append}: this chunk ends the object. */
  public static final String LAST = "last";

  /** Header of {@code put} and {@code get}: the JSON of the request record. */
  public static final String REQUEST = "request";

  /** Header of a {@code get} reply: the JSON of an {@link ObjectStat}. */
  public static final String STAT_HEADER = "stat";

  /** Bytes of one data message. */
  public static final int CHUNK = 1024 * 1024;

  /** The largest object that {@code put} and {@code get} take in one message. */
  public static final int SMALL = CHUNK;

  private StorageApi() {}

  /** An operation that takes and answers JSON. */
  public record Operation<Q, R>(String verb, Class<Q> request, Class<R> reply) {}

  /** Creates the bucket or container where it is missing. Idempotent. */
  public static final Operation<Done, Done> ENSURE =
      new Operation<>("ensure", Done.class, Done.class);

  /** Asks the provider for the bucket: reachability and credentials. */
  public static final Operation<Done, Probed> PROBE =
      new Operation<>("probe", Done.class, Probed.class);

  /** Size, checksum and metadata of an object; {@code OBJECT_NOT_FOUND} where there is none. */
  public static final Operation<KeyRequest, ObjectStat> STAT =
      new Operation<>("stat", KeyRequest.class, ObjectStat.class);

  /** Opens a read of a range. {@code OBJECT_NOT_FOUND}, {@code RANGE_NOT_SATISFIABLE}. */
  public static final Operation<OpenRead, ReadSession> OPEN_READ =
      new Operation<>("open-read", OpenRead.class, ReadSession.class);

  /** Opens or resumes a write. An upload that is gone starts again at durable offset 0. */
  public static final Operation<OpenWrite, WriteSession> OPEN_WRITE =
      new Operation<>("open-write", OpenWrite.class, WriteSession.class);

  /** Completes a write and compares the provider's size and checksum with what was sent. */
  public static final Operation<Commit, ObjectStat> COMMIT =
      new Operation<>("commit", Commit.class, ObjectStat.class);

  /** Closes a session: a read ends; a write stays resumable unless {@code discard} is set. */
  public static final Operation<CloseSession, Done> CLOSE =
      new Operation<>("close", CloseSession.class, Done.class);

  /** Aborts the upload that a resume token stands for. Unknown uploads are success. */
  public static final Operation<AbortUpload, Done> ABORT =
      new Operation<>("abort", AbortUpload.class, Done.class);

  /** Deletes an object; not found is success. Only the collector sends this. */
  public static final Operation<Delete, Deleted> DELETE =
      new Operation<>("delete", Delete.class, Deleted.class);

  /** One page of a listing, in the provider's key order. */
  public static final Operation<ListRequest, ListPage> LIST =
      new Operation<>("list", ListRequest.class, ListPage.class);

  /** Uploads begun before a time that nobody has finished, also those that are not ours. */
  public static final Operation<FindUnfinished, UnfinishedList> UNFINISHED =
      new Operation<>("unfinished", FindUnfinished.class, UnfinishedList.class);

  /** Unfinished uploads begun before a time, and aborts them on request. */
  public static final Operation<SweepUploads, Swept> SWEEP =
      new Operation<>("sweep", SweepUploads.class, Swept.class);

  /** Data: the bytes at an offset of an open read; empty at the end. Idempotent by offset. */
  public static final String NEXT = "next";

  /**
   * Data: bytes for an offset of an open write, answered with an {@link Appended} as JSON once they
   * are buffered, or, for a chunk that ends a part, once that part is durable. Idempotent by
   * offset.
   */
  public static final String APPEND = "append";

  /**
   * Data: a whole small object in one message; {@link Put} in the header; answers {@link
   * ObjectStat}.
   */
  public static final String PUT = "put";

  /** Data: a whole small object; {@link KeyRequest} in the header; the stat in a reply header. */
  public static final String GET = "get";

  /** The address at which any worker of a location answers. */
  public static String address(String location) {
    return "movingdata.storage." + location;
  }

  /** The address of one worker instance. */
  public static String address(String location, String instance) {
    return address(location) + "." + instance;
  }

  /** Names an object. */
  public record KeyRequest(String key) {}

  /** Reachability of a bucket, with the round trip in milliseconds. */
  public record Probed(String bucket, long latencyMs) {}

  /**
   * An object as its provider describes it.
   *
   * @param size stored bytes
   * @param etag entity tag, null where there is none
   * @param checksum what the provider computed, as {@code crc32c:<hex>} or {@code md5:<hex>} of the
   *     whole object or {@code md5-parts:<hex>-<n>}; null where it computed none
   * @param metadata our metadata, lower-case names
   */
  public record ObjectStat(
      String key,
      long size,
      String etag,
      String checksum,
      Map<String, String> metadata,
      Instant lastModified) {
    public ObjectStat {
      metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
    }
  }

  /** A read from {@code offset}; {@code length} -1 means to the end; {@code etag} may be null. */
  public record OpenRead(String key, long offset, long length, String etag) {}

  /** An open read: where to pull from, and the whole object's size. */
  public record ReadSession(String address, String session, ObjectStat stat) {}

  /**
   * A write.
   *
   * @param key physical key
   * @param metadata at most 2 KB in all, lower-case ASCII letter names, ASCII values
   * @param multipart whether more than one part will follow
   * @param resumeToken token of an earlier session of the same write, null to begin
   */
  public record OpenWrite(
      String key, Map<String, String> metadata, boolean multipart, String resumeToken) {
    public OpenWrite {
      metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
    }
  }

  /** An open write: continue at {@code durable}; record the token before sending a byte. */
  public record WriteSession(String address, String session, long durable, String resumeToken) {}

  /** What is buffered and what is durable; the token resumes at the durable offset. */
  public record Appended(long received, long durable, String resumeToken) {}

  /** Ends a write that must hold {@code size} bytes. */
  public record Commit(String session, long size) {}

  /** Ends a session. */
  public record CloseSession(String session, boolean discard) {}

  /** Names an upload. */
  public record AbortUpload(String key, String resumeToken) {}

  /** A small object's key and metadata; the body is the message. */
  public record Put(String key, Map<String, String> metadata) {
    public Put {
      metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
    }
  }

  /**
   * Deletes a key; {@code etag} is sent as a condition where the provider knows it; may be null.
   */
  public record Delete(String key, String etag) {}

  /** Whether there was something to delete. */
  public record Deleted(boolean existed) {}

  /**
   * A page of at most {@code limit} (1 to 1000) keys; {@code delimiter} and {@code token} may be
   * null.
   */
  public record ListRequest(String prefix, String delimiter, String token, int limit) {}

  /** Objects and common prefixes; {@code next} is null on the last page. Metadata may be absent. */
  public record ListPage(List<ObjectStat> objects, List<String> prefixes, String next) {
    public ListPage {
      objects = objects == null ? List.of() : List.copyOf(objects);
      prefixes = prefixes == null ? List.of() : List.copyOf(prefixes);
    }
  }

  /** Uploads begun before a time. */
  public record FindUnfinished(Instant before) {}

  /** An upload that nobody has finished. */
  public record Unfinished(String key, Instant begun) {}

  /** Uploads that nobody has finished; none where the provider does not tell. */
  public record UnfinishedList(List<Unfinished> uploads) {
    public UnfinishedList {
      uploads = uploads == null ? List.of() : List.copyOf(uploads);
    }
  }

  /**
   * Looks for unfinished uploads.
   *
   * @param before begun before
   * @param keepKeys keys whose uploads are still wanted
   */
  public record SweepUploads(Instant before, List<String> keepKeys) {
    public SweepUploads {
      keepKeys = keepKeys == null ? List.of() : List.copyOf(keepKeys);
    }
  }

  /** How many uploads were found and how many of them were aborted. */
  public record Swept(int found, int aborted) {}
}
