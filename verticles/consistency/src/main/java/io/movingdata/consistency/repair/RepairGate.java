package io.movingdata.consistency.repair;

import io.movingdata.core.model.Finding;
import io.movingdata.core.model.Pass;
import io.movingdata.core.model.PassShard;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a finding may be repaired now.
 *
 * @param latest of each kind the pass that runs or ran last
 * @param past passes that have ended
 */
record RepairGate(List<Pass> latest, List<Pass> past) {
  /**
   * Decides by the latest pass of the kind that saw the finding: that must have compared everything
   * at the location first, since only then it is known whether so much looks bad that something
   * else is wrong. What no pass saw that is still known waits for every kind.
   */
  boolean open(Finding finding) {
    Optional<Pass.Kind> kind =
        Stream.concat(latest.stream(), past.stream())
            .filter(pass -> pass.id().equals(finding.passId()))
            .map(Pass::kind)
            .findFirst();
    List<Pass> asked =
        latest.stream().filter(pass -> kind.isEmpty() || kind.get() == pass.kind()).toList();
    return !asked.isEmpty() && asked.stream().allMatch(pass -> open(pass, finding.location()));
  }

  private static boolean open(Pass pass, String location) {
    return pass.repair()
        && pass.shards().stream()
            .filter(s -> s.location().equals(location))
            .allMatch(
                s ->
                    s.state() == PassShard.State.DONE
                        || (s.state() == PassShard.State.BREAKER && pass.insist()));
  }
}
