package io.movingdata.consistency.repair;

import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.Pass;
import io.movingdata.core.model.PassShard;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks again at findings that a pass should have seen and did not: somebody mended or removed what
 * they tell of. What is whole, accounted for, or gone is closed; a look decides, not the pass.
 */
final class Recheck {
  private static final List<FindingState> NOT_SETTLED =
      List.of(
          FindingState.OPEN, FindingState.CONFLICT, FindingState.UNREPAIRABLE, FindingState.STUCK);
  private static final Set<FindingKind> STRAYS =
      EnumSet.of(FindingKind.ORPHAN, FindingKind.DUPLICATE);

  /** What only the bytes tell. */
  private static final Set<FindingKind> BY_BYTES =
      EnumSet.of(FindingKind.CORRUPT, FindingKind.WRONG_KEY);

  private static final int PAGE = 100;

  private final FindingDesk desk;
  private final RepairService repairs;
  private final OrphanService orphans;
  private final String self;
  private final Map<Pass.Kind, String> done = new EnumMap<>(Pass.Kind.class);

  Recheck(FindingDesk desk, RepairService repairs, OrphanService orphans, String self) {
    this.desk = desk;
    this.repairs = repairs;
    this.orphans = orphans;
    this.self = self;
  }

  /** Looks at what the passes that have ended did not see, once after each. */
  Future<Void> after(List<Pass> latest) {
    Future<Void> all = Future.succeededFuture();
    for (Pass pass : latest) {
      if (!pass.running() && !pass.id().equals(done.get(pass.kind()))) {
        all =
            all.compose(before -> from(pass, null))
                .onSuccess(looked -> done.put(pass.kind(), pass.id()));
      }
    }
    return all;
  }

  private Future<Void> from(Pass pass, String cursor) {
    return desk.page(NOT_SETTLED, cursor, PAGE)
        .compose(
            page ->
                inTurn(
                        page.findings().stream().filter(finding -> overdue(pass, finding)).toList(),
                        0)
                    .compose(
                        looked ->
                            page.next() == null
                                ? Future.succeededFuture()
                                : from(pass, page.next())));
  }

  /** Whether a pass compared everything where a finding was, and would have seen it. */
  static boolean overdue(Pass pass, Finding finding) {
    boolean compared =
        pass.shards().stream().anyMatch(shard -> shard.location().equals(finding.location()))
            && pass.shards().stream()
                .filter(shard -> shard.location().equals(finding.location()))
                .allMatch(shard -> shard.state() == PassShard.State.DONE);
    if (!compared || !finding.lastSeenAt().isBefore(pass.startedAt())) {
      return false;
    }
    if (STRAYS.contains(finding.kind())) {
      return pass.kind() == Pass.Kind.LIGHT;
    }
    return finding.kind().ofReplica()
        && finding.state() != FindingState.OPEN
        && (pass.kind() == Pass.Kind.DEEP || !BY_BYTES.contains(finding.kind()));
  }

  private Future<Void> inTurn(List<Finding> findings, int index) {
    return index == findings.size()
        ? Future.succeededFuture()
        : desk.take(findings.get(index))
            .compose(
                taken -> taken.isEmpty() ? Future.succeededFuture() : look(taken.get()).mapEmpty())
            .compose(looked -> inTurn(findings, index + 1));
  }

  private Future<Finding> look(Finding finding) {
    Future<Outcome> looked =
        STRAYS.contains(finding.kind()) ? orphans.look(finding) : repairs.look(finding);
    return looked.compose(outcome -> desk.settle(finding, outcome, self));
  }
}
