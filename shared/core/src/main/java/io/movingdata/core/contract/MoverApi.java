package io.movingdata.core.contract;

import io.movingdata.core.bus.Address;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveJob;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.Selector;
import java.time.Duration;

/** Moving, copying and deleting, durably. Answers mean what they say: accepted is recorded. */
public final class MoverApi {
  private static final String OWNER = "mover";

  private MoverApi() {}

  /**
   * Starts a move or copy, or joins the one that does the same. {@code FORBIDDEN} where the roles
   * are not allowed at either end, {@code MOVE_IN_PROGRESS} where the file moves elsewhere, {@code
   * OBJECT_NOT_FOUND}, {@code UNKNOWN_LOCATION}.
   */
  public static final Address<Submit, Ticket> SUBMIT =
      Address.of(OWNER, "submit", Submit.class, Ticket.class);

  /** Answers once a move is committed, stuck or over, or the wait has passed. */
  public static final Address<Await, MoveView> AWAIT =
      Address.of(OWNER, "await", Await.class, MoveView.class);

  /** Asks a move to stop. {@code CONFLICT} once it is committed. */
  public static final Address<MoveRef, MoveView> CANCEL =
      Address.of(OWNER, "cancel", MoveRef.class, MoveView.class);

  /** Tries a move again that is stuck or waits. {@code CONFLICT} in any other state. */
  public static final Address<MoveRef, MoveView> RETRY =
      Address.of(OWNER, "retry", MoveRef.class, MoveView.class);

  /** Plans a bulk operation (dry run) or starts it. */
  public static final Address<Bulk, BulkReply> BULK =
      Address.of(OWNER, "bulk", Bulk.class, BulkReply.class);

  /** Stops feeding a job and cancels its moves. */
  public static final Address<JobRef, JobView> CANCEL_JOB =
      Address.of(OWNER, "job-cancel", JobRef.class, JobView.class);

  /** Deletes a file: every copy becomes garbage in one switch. */
  public static final Address<DeleteFile, FileChanged> DELETE_FILE =
      Address.of(OWNER, "file-delete", DeleteFile.class, FileChanged.class);

  /** How long to wait for the answer to a removal: other copies are read whole before it. */
  public static final Duration DROP_PATIENCE = Duration.ofMinutes(2);

  /**
   * Removes one copy, once enough of the others have been read back whole. {@code POLICY_DENIED}
   * where they are too few. After {@code SERVICE_TIMEOUT} the reading goes on, and the removal.
   */
  public static final Address<DropReplica, FileChanged> DROP_REPLICA =
      Address.of(OWNER, "replica-drop", DropReplica.class, FileChanged.class);

  /** What to move where; {@code priority} 0 to 9. */
  public record Submit(
      String fileId, String target, MoveKind kind, int priority, Requester requester) {}

  /**
   * The move that does it.
   *
   * @param move null where nothing has to be done: the file is there already
   * @param from where the file was
   * @param joined whether the move was running, or has just ended, before this request
   */
  public record Ticket(MoveRecord move, String from, String to, boolean joined) {}

  /** A move and how long to wait for it. */
  public record Await(String moveId, long timeoutMs) {}

  /** Names a move. */
  public record MoveRef(String moveId, Requester requester) {}

  /** A move with its speed. */
  public record MoveView(MoveRecord move) {}

  /** A bulk operation. */
  public record Bulk(
      Selector selector,
      String target,
      MoveKind kind,
      int priority,
      boolean dryRun,
      Requester requester) {}

  /**
   * The plan, and the job where it was started.
   *
   * @param job null for a dry run
   * @param count files that would move
   * @param bytes their plaintext size
   * @param skipped files that are there already
   * @param egressCost USD for leaving their locations
   * @param estimatedSeconds at the rate that was seen lately
   */
  public record BulkReply(
      MoveJob job,
      long count,
      long bytes,
      long skipped,
      double egressCost,
      double estimatedSeconds) {}

  /** Names a job. */
  public record JobRef(String jobId, Requester requester) {}

  /** A job. */
  public record JobView(MoveJob job) {}

  /** A file to delete; {@code contentId} null, or the only content that may be deleted. */
  public record DeleteFile(String fileId, String contentId, Requester requester) {}

  /** A copy to remove. */
  public record DropReplica(String fileId, String location, Requester requester) {}

  /** The file afterwards; a tombstone where it was deleted. */
  public record FileChanged(FileRecord file) {}
}
