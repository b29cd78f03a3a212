package io.movingdata.core.contract;

import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Done;
import io.movingdata.core.model.Requester;
import io.movingdata.core.replication.ReplicationPlan;
import io.movingdata.core.replication.ReplicationPolicy;
import java.time.Instant;
import java.util.List;

/** How many copies there shall be and where, and how far that is so. */
public final class ReplicationApi {
  private static final String OWNER = "replication";

  private ReplicationApi() {}

  /** The policy in force and how far it is carried out. */
  public static final Address<Done, Replication> GET_REPLICATION =
      Address.of(OWNER, "get", Done.class, Replication.class);

  /** Puts a policy in force; {@code VERSION_CONFLICT} where another is than the version named. */
  public static final Address<PutPolicy, ReplicationPolicy> PUT_POLICY =
      Address.of(OWNER, "put", PutPolicy.class, ReplicationPolicy.class);

  /** What a policy would have copied, of all files or of one; changes nothing. */
  public static final Address<Evaluate, Evaluation> EVALUATE =
      Address.of(OWNER, "evaluate", Evaluate.class, Evaluation.class);

  /** The policy and how far all files are as it wants them. */
  public record Replication(ReplicationPolicy policy, Progress progress) {}

  /**
   * How far the files have been compared with the policy.
   *
   * @param state {@code idle}: the policy wants nothing beside the primary copies; {@code
   *     sweeping}: files are being compared; {@code waiting}: until the next time
   * @param policyVersion the version that this is about
   * @param examined files compared in this sweep, or in the last one
   * @param lacking copies that were found to be missing
   * @param copied those that were made since
   * @param copying those that are being made now
   * @param failed those that could not be made; they are tried again in the next sweep
   * @param pruned copies that were removed because the policy does not want them
   * @param startedAt when the sweep began, null for never
   * @param finishedAt when the last whole one ended, null for never
   * @param lastError why the last copy could not be made, null for none
   */
  public record Progress(
      String state,
      long policyVersion,
      long examined,
      long lacking,
      long copied,
      long copying,
      long failed,
      long pruned,
      Instant startedAt,
      Instant finishedAt,
      String lastError) {}

  /** A new policy; {@code policy.version} names the one that it replaces. */
  public record PutPolicy(ReplicationPolicy policy, Requester requester) {}

  /**
   * What to try.
   *
   * @param policy another policy, or null for the one in force
   * @param fileId one file, or null for all
   */
  public record Evaluate(ReplicationPolicy policy, String fileId) {}

  /**
   * What a policy would have copied.
   *
   * @param files files that were looked at
   * @param lacking those that lack a copy
   * @param copies copies to make
   * @param bytes stored bytes of them
   * @param monthlyCost what keeping them costs, USD a month
   * @param egressCost what leaving the primary copies' locations costs once, USD
   * @param surplus copies that it does not want
   * @param prunes how many of these it would have removed
   * @param targets by location
   * @param plan the plan of the one file that was asked about, null for all
   */
  public record Evaluation(
      long files,
      long lacking,
      long copies,
      long bytes,
      double monthlyCost,
      double egressCost,
      long surplus,
      long prunes,
      List<Target> targets,
      ReplicationPlan plan) {
    public Evaluation {
      targets = targets == null ? List.of() : List.copyOf(targets);
    }
  }

  /** Copies that a location would receive. */
  public record Target(String location, long copies, long bytes, double monthlyCost) {}
}
