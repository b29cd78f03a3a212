package io.movingdata.consistency.audit;

import io.movingdata.consistency.tool.CatalogPages;
import io.movingdata.consistency.tool.Parallel;
import io.movingdata.consistency.tool.Progress;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.GetFile;
import io.movingdata.core.judge.CatalogDump;
import io.movingdata.core.judge.Evidence;
import io.movingdata.core.judge.Judge;
import io.movingdata.core.judge.Limits;
import io.movingdata.core.judge.Rule;
import io.movingdata.core.judge.StoreDump;
import io.movingdata.core.judge.Violation;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One audit. The system may run meanwhile: what it is at work on has its time to be finished, and a
 * file that changed between the reading of the catalog and that of the stores is not judged.
 */
final class Audit {
  private static final int WIDTH = 32;

  /** Rules that name a file. */
  private static final Set<Rule> OF_FILES =
      Set.of(Rule.DURABILITY, Rule.REPLICA, Rule.PLACEMENT, Rule.GIVEN_UP, Rule.METADATA);

  private final NodeContext node;
  private final List<String> locations;
  private final boolean light;
  private final Duration grace;
  private final PrintStream err;

  /**
   * An audit.
   *
   * @param locations to look at
   * @param light whether to leave contents unread
   * @param grace how long after its time work may wait
   */
  Audit(NodeContext node, List<String> locations, boolean light, Duration grace, PrintStream err) {
    this.node = node;
    this.locations = locations;
    this.light = light;
    this.grace = grace;
    this.err = err;
  }

  Future<AuditReport> run() {
    Instant takenAt = node.clock().instant();
    CatalogEvidence catalog = new CatalogEvidence(new CatalogPages(node));
    StoreEvidence stores = new StoreEvidence(node, !light);
    Progress progress =
        Progress.start(
            node.vertx(), err, () -> "audit: " + catalog.progress() + ", " + stores.progress());
    return catalog
        .read()
        .compose(
            dump ->
                stores
                    .read(locations, dump)
                    .compose(found -> judged(takenAt, dump, found))
                    .map(judged -> report(takenAt, dump, stores, judged)))
        .onComplete(done -> progress.stop());
  }

  private record Judged(List<Violation> violations, long changed) {}

  private Future<Judged> judged(Instant takenAt, CatalogDump dump, List<StoreDump> stores) {
    Duration stale = Duration.ofMillis(node.config().collector().staleMs());
    Limits limits = new Limits(grace, stale, null);
    return node.cpu()
        .executeBlocking(() -> Judge.judge(Evidence.of(takenAt, limits, dump, stores)), false)
        .compose(violations -> unchanged(violations, dump));
  }

  /** Leaves out what is said of files that are no longer what they were when they were read. */
  private Future<Judged> unchanged(List<Violation> violations, CatalogDump dump) {
    Map<String, Long> versions = new HashMap<>();
    violations.stream()
        .filter(violation -> OF_FILES.contains(violation.rule()))
        .forEach(violation -> versions.put(violation.subject(), -1L));
    for (FileRecord file : dump.files()) {
      versions.computeIfPresent(file.id(), (id, any) -> file.version());
    }
    Set<String> changed = new HashSet<>();
    return Parallel.each(
            List.copyOf(versions.keySet()),
            WIDTH,
            id ->
                node.bus()
                    .request(CatalogApi.GET_FILE, new GetFile(id, true))
                    .map(
                        reply -> {
                          boolean same =
                              reply.file() != null && reply.file().version() == versions.get(id);
                          if (!same) {
                            changed.add(id);
                          }
                          return null;
                        }))
        .map(
            done -> {
              List<Violation> left = new ArrayList<>(violations);
              left.removeIf(v -> OF_FILES.contains(v.rule()) && changed.contains(v.subject()));
              return new Judged(left, changed.size());
            });
  }

  private AuditReport report(
      Instant takenAt, CatalogDump dump, StoreEvidence stores, Judged judged) {
    List<FileRecord> files = dump.files().stream().filter(file -> !file.deleted()).toList();
    long copies =
        files.stream()
            .flatMap(file -> file.replicas().stream())
            .filter(copy -> locations.contains(copy.location()))
            .count();
    return new AuditReport(
        takenAt,
        light,
        files.size(),
        copies,
        stores.objects(),
        stores.bytesRead(),
        judged.changed(),
        judged.violations(),
        stores.unreachable());
  }
}
