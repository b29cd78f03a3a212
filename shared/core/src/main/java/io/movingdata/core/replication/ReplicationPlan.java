package io.movingdata.core.replication;

import java.util.List;

/**
 * What a policy wants of one file.
 *
 * @param rule name of the rule, {@code default} where none fits
 * @param copies verified copies that are wanted
 * @param wanted locations of them, the primary first
 * @param lacking those without a verified copy
 * @param surplus locations of other copies
 * @param reasons why, a sentence each
 */
public record ReplicationPlan(
    String rule,
    int copies,
    List<String> wanted,
    List<String> lacking,
    List<String> surplus,
    List<String> reasons) {
  public ReplicationPlan {
    wanted = List.copyOf(wanted);
    lacking = List.copyOf(lacking);
    surplus = List.copyOf(surplus);
    reasons = List.copyOf(reasons);
  }

  /** Whether every copy that is wanted is there. */
  public boolean satisfied() {
    return lacking.isEmpty() && wanted.size() >= copies;
  }
}
