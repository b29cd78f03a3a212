package io.movingdata.core.contract;

import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Done;
import io.movingdata.core.bus.Topic;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.Pass;
import io.movingdata.core.model.Requester;
import java.time.Instant;
import java.util.List;

/** Proving that replicas agree, and repairing those that do not. */
public final class ConsistencyApi {
  private static final String OWNER = "consistency";

  private ConsistencyApi() {}

  /** How stores and catalog agree. */
  public static final Address<Done, Status> STATUS =
      Address.of(OWNER, "status", Done.class, Status.class);

  /** Begins a pass. {@code CONFLICT} while another of its kind runs. */
  public static final Address<StartPass, PassReply> START_PASS =
      Address.of(OWNER, "pass-start", StartPass.class, PassReply.class);

  /** Stops a pass that runs. {@code CONFLICT} where none of that id does. */
  public static final Address<PassRef, PassReply> CANCEL_PASS =
      Address.of(OWNER, "pass-cancel", PassRef.class, PassReply.class);

  /** One pass. */
  public static final Address<PassRef, PassReply> GET_PASS =
      Address.of(OWNER, "pass-get", PassRef.class, PassReply.class);

  /** Looks at some files now, whether a pass runs or not, and repairs them. */
  public static final Address<Resync, ResyncReply> RESYNC =
      Address.of(OWNER, "resync", Resync.class, ResyncReply.class);

  /** Chooses what becomes of a finding. {@code CONFLICT} where that is not possible now. */
  public static final Address<Resolve, FindingApi.FindingReply> RESOLVE =
      Address.of(OWNER, "resolve", Resolve.class, FindingApi.FindingReply.class);

  /** A finding was made, or something became of one. */
  public static final Topic<Finding> FINDING =
      new Topic<>("movingdata.event.finding", Finding.class);

  /** A pass began, ended or came further. */
  public static final Topic<Pass> PASS = new Topic<>("movingdata.event.pass", Pass.class);

  /**
   * How stores and catalog agree.
   *
   * @param locations a line for each location
   * @param passes of each kind the pass that runs, or the last one; those that run first
   * @param lastLightAt when the last light pass over everything ended, null for never
   * @param lastDeepAt when the last deep one did
   * @param lastRepairAt when the last repair succeeded
   * @param repairs repairs since ever
   * @param findings numbers by kind, state and location
   */
  public record Status(
      List<LocationStatus> locations,
      List<Pass> passes,
      Instant lastLightAt,
      Instant lastDeepAt,
      Instant lastRepairAt,
      long repairs,
      FindingApi.FindingCounts findings) {
    public Status {
      locations = locations == null ? List.of() : List.copyOf(locations);
      passes = passes == null ? List.of() : List.copyOf(passes);
    }
  }

  /**
   * One location. A light pass compares what the provider lists, which says when the location was
   * looked at and nothing of the bytes: only reading a copy whole renews the time at which that
   * copy was verified.
   *
   * @param copies copies that the catalog references there
   * @param bad those that open findings are about
   * @param lastLightAt when all of them were last compared, null for never
   * @param lastDeepAt when all of them were last read
   * @param oldestVerifiedAt of the copies that count as verified, when the one read longest ago was
   *     read whole, or else written; null where there is none
   * @param state {@code verified}, {@code unverified}, {@code unreachable} or {@code breaker}
   */
  public record LocationStatus(
      String location,
      long copies,
      long bad,
      Instant lastLightAt,
      Instant lastDeepAt,
      Instant oldestVerifiedAt,
      String state,
      String detail) {}

  /**
   * A pass to begin.
   *
   * @param kind how closely to look
   * @param repair whether to repair
   * @param insist whether to repair where a breaker would stop it
   */
  public record StartPass(Pass.Kind kind, boolean repair, boolean insist, Requester requester) {}

  /**
   * Names a pass.
   *
   * @param id its id. To look at one, also {@code light} or {@code deep} for the one of that kind
   *     that runs or ran last, or null for the one that runs, or else began last, of either kind
   */
  public record PassRef(String id, Requester requester) {}

  /** A pass, null where there is none. */
  public record PassReply(Pass pass) {}

  /**
   * Files to look at.
   *
   * @param fileIds 1 to 1000 of them
   * @param deep whether to read them whole
   */
  public record Resync(List<String> fileIds, boolean deep, Requester requester) {
    public Resync {
      fileIds = fileIds == null ? List.of() : List.copyOf(fileIds);
    }
  }

  /** A file that could not be brought into agreement, and why. */
  public record Failed(String fileId, String location, String reason) {}

  /**
   * What became of them.
   *
   * @param attempted copies that were looked at
   * @param synced those that were, or are now, what they must be
   * @param repaired those that had to be repaired
   */
  public record ResyncReply(long attempted, long synced, long repaired, List<Failed> failed) {
    public ResyncReply {
      failed = failed == null ? List.of() : List.copyOf(failed);
    }
  }

  /**
   * A choice.
   *
   * @param choice {@code catalog}: repair from a verified copy, whoever wrote to its key; {@code
   *     retry}: try the repair again; {@code delete}: remove an orphan; {@code ignore}
   */
  public record Resolve(String findingId, String choice, Requester requester) {}
}
