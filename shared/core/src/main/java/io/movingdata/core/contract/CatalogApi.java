package io.movingdata.core.contract;

import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Done;
import io.movingdata.core.model.AuditEntry;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.MoveJob;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.Selector;
import java.time.Instant;
import java.util.List;

/**
 * The metadata of everything. Each change is one compare-and-set on {@code {_id, version}}; a lost
 * one is {@code VERSION_CONFLICT}. While the store is away every operation fails with {@code
 * CATALOG_DOWN}, quickly.
 */
public final class CatalogApi {
  private static final String OWNER = "catalog";

  private CatalogApi() {}

  // Files

  /** One file. A deleted one is absent unless asked for. */
  public static final Address<GetFile, FileReply> GET_FILE =
      Address.of(OWNER, "file-get", GetFile.class, FileReply.class);

  /** A page of files. */
  public static final Address<FileQuery, FilePage> LIST_FILES =
      Address.of(OWNER, "file-list", FileQuery.class, FilePage.class);

  /**
   * The only change of placement. In this order: reads the file and requires {@code
   * expectedVersion}; requires the intent of {@code copyId} to be open; writes a garbage entry for
   * every copy that leaves; switches the document; closes the intent. A crash between two steps
   * leaves at worst a garbage entry whose copy is still referenced. {@code VERSION_CONFLICT} when
   * the file changed, {@code CONFLICT} when the intent was discarded.
   */
  public static final Address<Place, FileReply> PLACE =
      Address.of(OWNER, "file-place", Place.class, FileReply.class);

  /**
   * Records when copies were last read whole. That is no change of the file: its version stays, and
   * nobody hears of it. A copy that its file does not reference any more, or that is set aside, is
   * passed over, and so is one whose file changes at the same moment: it is read again by the next
   * pass. Answers how many were recorded.
   */
  public static final Address<Verified, Count> VERIFIED =
      Address.of(OWNER, "file-verified", Verified.class, Count.class);

  /** Files and bytes per location. */
  public static final Address<Done, Usage> USAGE =
      Address.of(OWNER, "usage", Done.class, Usage.class);

  // Copies under way

  /** Records an intent before the first byte is sent. Idempotent by copy id. */
  public static final Address<CopyIntent, Done> OPEN_COPY =
      Address.of(OWNER, "copy-open", CopyIntent.class, Done.class);

  /** Records how far a copy is durable. {@code CONFLICT} once it is discarded or closed. */
  public static final Address<CopyProgress, Done> COPY_PROGRESS =
      Address.of(OWNER, "copy-progress", CopyProgress.class, Done.class);

  /** One intent. */
  public static final Address<CopyRef, CopyReply> GET_COPY =
      Address.of(OWNER, "copy-get", CopyRef.class, CopyReply.class);

  /**
   * Gives a copy up. In this order: marks the intent discarded; raises the file's version (a
   * tombstone where there is no file), so that no placement that began earlier can still reference
   * the copy; writes the garbage entry; removes the intent, but for a marker that keeps a late
   * message from opening it again. Answers {@code discarded: false} when the file references the
   * copy already.
   */
  public static final Address<DiscardCopy, Discarded> DISCARD_COPY =
      Address.of(OWNER, "copy-discard", DiscardCopy.class, Discarded.class);

  /** Intents without progress since a time, for the collector. */
  public static final Address<StaleCopies, CopyList> STALE_COPIES =
      Address.of(OWNER, "copy-stale", StaleCopies.class, CopyList.class);

  // Garbage

  /** Leases entries that are due. */
  public static final Address<ClaimGarbage, GarbageList> CLAIM_GARBAGE =
      Address.of(OWNER, "garbage-claim", ClaimGarbage.class, GarbageList.class);

  /** Prolongs a lease; the answer is empty where the entry changed, or went, in the meantime. */
  public static final Address<RenewGarbage, GarbageList> RENEW_GARBAGE =
      Address.of(OWNER, "garbage-renew", RenewGarbage.class, GarbageList.class);

  /** Ends a lease: the entry goes, or waits until {@code dueAt}. */
  public static final Address<SettleGarbage, Done> SETTLE_GARBAGE =
      Address.of(OWNER, "garbage-settle", SettleGarbage.class, Done.class);

  /**
   * Ends a lease: the entry goes although its file still references the copy. Whoever is about to
   * take the reference away, relying on the entry, will have to begin anew.
   */
  public static final Address<ForgetGarbage, Done> FORGET_GARBAGE =
      Address.of(OWNER, "garbage-forget", ForgetGarbage.class, Done.class);

  /** The entry of a copy, or an empty list. */
  public static final Address<CopyRef, GarbageList> GET_GARBAGE =
      Address.of(OWNER, "garbage-get", CopyRef.class, GarbageList.class);

  /** The entries of a file's copies. */
  public static final Address<GarbageOf, GarbageList> FILE_GARBAGE =
      Address.of(OWNER, "garbage-of-file", GarbageOf.class, GarbageList.class);

  /** How many entries wait. */
  public static final Address<Done, Count> COUNT_GARBAGE =
      Address.of(OWNER, "garbage-count", Done.class, Count.class);

  // Moves

  /**
   * Makes a move the file's active one, or answers with the one that is. Sent again, the same move
   * counts as inserted again; once it has ended, it is answered as it ended, and not inserted.
   */
  public static final Address<MoveRecord, MoveInserted> INSERT_MOVE =
      Address.of(OWNER, "move-insert", MoveRecord.class, MoveInserted.class);

  /** Replaces an active move whose version is the record's; answers with the next version. */
  public static final Address<MoveRecord, MoveReply> SAVE_MOVE =
      Address.of(OWNER, "move-save", MoveRecord.class, MoveReply.class);

  /** Writes a terminal move to the history, then removes it from the active ones. Idempotent. */
  public static final Address<MoveRecord, Done> FINISH_MOVE =
      Address.of(OWNER, "move-finish", MoveRecord.class, Done.class);

  /** A move by its id, or the active move of a file. */
  public static final Address<GetMove, MoveReply> GET_MOVE =
      Address.of(OWNER, "move-get", GetMove.class, MoveReply.class);

  /** Active moves first, then the history, newest first. */
  public static final Address<MoveQuery, MovePage> LIST_MOVES =
      Address.of(OWNER, "move-list", MoveQuery.class, MovePage.class);

  /** Active moves that nobody works on and whose time has come, most urgent first. */
  public static final Address<DueMoves, MovePage> DUE_MOVES =
      Address.of(OWNER, "move-due", DueMoves.class, MovePage.class);

  // Jobs

  /** Inserts a job (version 0) or replaces the one of its version. */
  public static final Address<MoveJob, JobReply> SAVE_JOB =
      Address.of(OWNER, "job-save", MoveJob.class, JobReply.class);

  /** One job. */
  public static final Address<GetJob, JobReply> GET_JOB =
      Address.of(OWNER, "job-get", GetJob.class, JobReply.class);

  /** Jobs, newest first; where asked only those that have not ended: running or cancelling. */
  public static final Address<JobQuery, JobList> LIST_JOBS =
      Address.of(OWNER, "job-list", JobQuery.class, JobList.class);

  /**
   * Ended moves of a job by outcome, counted exactly, and how many are still active. A stuck move
   * counts as failed: nothing more happens to it by itself.
   */
  public static final Address<GetJob, JobTally> TALLY_JOB =
      Address.of(OWNER, "job-tally", GetJob.class, JobTally.class);

  // Audit and idempotency

  /** Appends to the audit trail. Idempotent by entry id. */
  public static final Address<AuditBatch, Done> APPEND_AUDIT =
      Address.of(OWNER, "audit-append", AuditBatch.class, Done.class);

  /** Searches the audit trail, newest first. */
  public static final Address<AuditQuery, AuditPage> SEARCH_AUDIT =
      Address.of(OWNER, "audit-search", AuditQuery.class, AuditPage.class);

  /** Takes an idempotency key for a request, or answers what became of the first one. */
  public static final Address<BeginOnce, Once> BEGIN_ONCE =
      Address.of(OWNER, "once-begin", BeginOnce.class, Once.class);

  /** Records the answer to a request that was begun, or frees its key where there is none. */
  public static final Address<FinishOnce, Done> FINISH_ONCE =
      Address.of(OWNER, "once-finish", FinishOnce.class, Done.class);

  /** Whether the store answers. Never fails. */
  public static final Address<Done, CatalogStatus> STATUS =
      Address.of(OWNER, "status", Done.class, CatalogStatus.class);

  /** Names a file. */
  public record GetFile(String fileId, boolean includeDeleted) {}

  /** A file, null where there is none. */
  public record FileReply(FileRecord file) {}

  /**
   * Which files.
   *
   * @param selector null for all
   * @param locations primary copies at one of them, null for any
   * @param q part of the id, any case, null for any
   * @param sort {@code id}, {@code size}, {@code updated}, descending with a leading dash; null: id
   * @param limit 1 to 1000
   * @param cursor from the page before, null for the first
   * @param count whether to count all that match
   */
  public record FileQuery(
      Selector selector,
      List<String> locations,
      String q,
      String sort,
      int limit,
      String cursor,
      boolean count) {}

  /** A page; {@code next} null on the last; {@code total} -1 where not counted. */
  public record FilePage(List<FileRecord> files, String next, long total) {
    public FilePage {
      files = files == null ? List.of() : List.copyOf(files);
    }
  }

  /**
   * A change of placement.
   *
   * @param file the document as it shall be; its version is ignored, {@code updatedAt} is given; a
   *     deleted one has no copies, another one has a primary copy
   * @param expectedVersion the version that it replaces; 0 for a file that does not exist (a
   *     tombstone counts as not existing)
   * @param copyId the copy that becomes referenced, null where none does; no other may join
   * @param reason why copies leave, as in {@link Garbage#reason()}
   * @param graceMs how long leaving copies are kept
   */
  public record Place(
      FileRecord file, long expectedVersion, String copyId, String reason, long graceMs) {}

  /** Files and bytes per location. */
  public record Usage(List<LocationUsage> locations, long files, long bytes) {
    public Usage {
      locations = locations == null ? List.of() : List.copyOf(locations);
    }
  }

  /**
   * What one location holds: primary files, and copies and stored bytes of any kind.
   *
   * @param oldestVerifiedAt the earliest {@link io.movingdata.core.model.Replica#verifiedAt()} of
   *     its verified copies, null where there is none
   */
  public record LocationUsage(
      String location, long primaryFiles, long copies, long storedBytes, Instant oldestVerifiedAt) {

    /** Without a verified copy. */
    public LocationUsage(String location, long primaryFiles, long copies, long storedBytes) {
      this(location, primaryFiles, copies, storedBytes, null);
    }
  }

  /** Copies that were read whole and are what they must be; 1 to 1000 of them. */
  public record Verified(List<VerifiedCopy> copies) {
    public Verified {
      copies = copies == null ? List.of() : List.copyOf(copies);
    }
  }

  /** A copy of a file, and when it was read whole. */
  public record VerifiedCopy(String fileId, String copyId, Instant at) {}

  /** How far a copy is durable. */
  public record CopyProgress(String copyId, String owner, String resumeToken, long durableBytes) {}

  /** Names a copy. */
  public record CopyRef(String copyId) {}

  /** An intent, null where there is none. */
  public record CopyReply(CopyIntent copy) {}

  /**
   * A copy to be given up.
   *
   * @param storedAt location where bytes of it may lie although the catalog knows of none any more,
   *     because who asks was held up while it stored them; null where that cannot be
   * @param graceMs how long until the collector may look at it
   */
  public record DiscardCopy(
      String copyId, String fileId, String storedAt, String reason, long graceMs) {}

  /** Whether the copy is garbage now; false: the file references it. */
  public record Discarded(boolean discarded) {}

  /** Intents without progress since {@code before}. */
  public record StaleCopies(Instant before, int limit) {}

  /** Intents. */
  public record CopyList(List<CopyIntent> copies) {
    public CopyList {
      copies = copies == null ? List.of() : List.copyOf(copies);
    }
  }

  /** Who takes how many entries for how long. */
  public record ClaimGarbage(String owner, long leaseMs, int limit) {}

  /** Leased entries. */
  public record GarbageList(List<Garbage> entries) {
    public GarbageList {
      entries = entries == null ? List.of() : List.copyOf(entries);
    }
  }

  /** Names a file whose copies wait. */
  public record GarbageOf(String fileId) {}

  /** A lease to go on for so long. */
  public record RenewGarbage(String copyId, long version, String owner, long leaseMs) {}

  /** An entry that is not needed. */
  public record ForgetGarbage(String copyId, long version) {}

  /** The end of a lease; {@code dueAt} null removes the entry. */
  public record SettleGarbage(String copyId, long version, Instant dueAt, String error) {}

  /** A number. */
  public record Count(long count) {}

  /** The file's active move; {@code inserted} false: it was there before. */
  public record MoveInserted(boolean inserted, MoveRecord move) {}

  /** A move, null where there is none. */
  public record MoveReply(MoveRecord move) {}

  /** A move by id, or by file when {@code moveId} is null. */
  public record GetMove(String moveId, String fileId) {}

  /** Which moves; every condition may be null. {@code limit} 1 to 1000. */
  public record MoveQuery(MoveState state, String fileId, String jobId, int limit, String cursor) {}

  /** Moves; {@code next} null on the last page. */
  public record MovePage(List<MoveRecord> moves, String next) {
    public MovePage {
      moves = moves == null ? List.of() : List.copyOf(moves);
    }
  }

  /** Where the bytes of a move come from and go to. */
  public record Route(String from, String target) {}

  /**
   * Moves claimable at a time.
   *
   * @param closed routes whose moves are left out unless they have nothing to transfer
   */
  public record DueMoves(Instant now, int limit, List<Route> closed) {
    public DueMoves {
      closed = closed == null ? List.of() : List.copyOf(closed);
    }

    /** On every route. */
    public DueMoves(Instant now, int limit) {
      this(now, limit, List.of());
    }
  }

  /** A job, null where there is none. */
  public record JobReply(MoveJob job) {}

  /** Names a job. */
  public record GetJob(String jobId) {}

  /** Which jobs. */
  public record JobQuery(boolean runningOnly, int limit) {}

  /** Jobs. */
  public record JobList(List<MoveJob> jobs) {
    public JobList {
      jobs = jobs == null ? List.of() : List.copyOf(jobs);
    }
  }

  /** Ended and active moves of a job. */
  public record JobTally(long done, long failed, long active) {}

  /** Entries to append. */
  public record AuditBatch(List<AuditEntry> entries) {
    public AuditBatch {
      entries = entries == null ? List.of() : List.copyOf(entries);
    }
  }

  /** Which entries; every condition may be null. {@code limit} 1 to 1000. */
  public record AuditQuery(
      String fileId,
      String principal,
      String action,
      String decision,
      String moveId,
      Instant from,
      Instant to,
      int limit,
      String cursor) {}

  /** Entries; {@code next} null on the last page. */
  public record AuditPage(List<AuditEntry> entries, String next) {
    public AuditPage {
      entries = entries == null ? List.of() : List.copyOf(entries);
    }
  }

  /** An idempotency key with a hash of the request that it belongs to. */
  public record BeginOnce(String key, String bodyHash, long ttlMs, String owner) {}

  /**
   * What became of the key.
   *
   * @param state {@code new}: go on; {@code running}: the first request has no answer yet; {@code
   *     finished}: here is its answer; {@code mismatch}: another body
   */
  public record Once(String state, int status, String location, String body) {}

  /** The answer to keep; status 0 frees the key. */
  public record FinishOnce(String key, int status, String location, String body) {}

  /** Reachability of the store, with the round trip in milliseconds. */
  public record CatalogStatus(
      boolean connected, long latencyMs, int schemaVersion, String detail) {}
}
