package io.movingdata.consistency.pass;

import io.movingdata.consistency.verify.Contradictions;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks whether the catalog contradicts itself, in passing: at files that a light pass reads
 * anyway. What it finds is left to a person, and settled when it is right again.
 */
final class CatalogCheck {
  /** So many contradictions have one cause; the rest comes with the next pass. */
  private static final int MOST = 1000;

  private final Bus bus;
  private final Clock clock;
  private final Set<String> locations;
  private final Inspector inspector;
  private final String passId;
  private final Set<String> doubtful = new LinkedHashSet<>();

  CatalogCheck(NodeContext node, Inspector inspector, String passId) {
    this.bus = node.bus();
    this.clock = node.clock();
    this.locations =
        node.config().locations().stream().map(LocationConfig::id).collect(Collectors.toSet());
    this.inspector = inspector;
    this.passId = passId;
  }

  /** Looks at a file as a listing shows it. */
  void look(FileRecord file) {
    if (doubtful.size() < MOST && Contradictions.in(file, locations).isPresent()) {
      doubtful.add(file.id());
    }
  }

  /**
   * Looks at the doubtful files once more and records what is wrong; then at what was wrong before.
   *
   * @return how many contradict themselves
   */
  Future<Long> settle() {
    Future<Long> recorded = Future.succeededFuture(0L);
    for (String fileId : doubtful) {
      recorded = recorded.compose(sum -> record(fileId).map(found -> found ? sum + 1 : sum));
    }
    return recorded.compose(sum -> known().compose(this::release).map(sum));
  }

  private Future<Optional<String>> wrong(String fileId) {
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(fileId, false))
        .map(
            reply ->
                Optional.ofNullable(reply.file())
                    .flatMap(file -> Contradictions.in(file, locations)));
  }

  private Future<Boolean> record(String fileId) {
    return wrong(fileId)
        .compose(
            what ->
                what.isEmpty()
                    ? Future.succeededFuture(false)
                    : inspector.record(finding(fileId, what.get())).map(true));
  }

  private Finding finding(String fileId, String what) {
    return Finding.first(
        FindingKind.CATALOG_CONFLICT,
        FindingState.CONFLICT,
        null,
        fileId,
        null,
        null,
        what,
        passId,
        clock.instant());
  }

  private Future<List<Finding>> known() {
    return bus.request(
            FindingApi.LIST_FINDINGS,
            new FindingApi.FindingQuery(
                List.of(FindingState.CONFLICT),
                FindingKind.CATALOG_CONFLICT,
                null,
                null,
                null,
                MOST,
                null))
        .map(FindingApi.FindingPage::findings);
  }

  private Future<Void> release(List<Finding> known) {
    Future<Void> before = Future.succeededFuture();
    for (Finding finding : known) {
      if (!doubtful.contains(finding.fileId())) {
        before = before.compose(done -> release(finding));
      }
    }
    return before;
  }

  private Future<Void> release(Finding finding) {
    return wrong(finding.fileId())
        .compose(
            what ->
                what.isPresent()
                    ? Future.succeededFuture()
                    : bus.request(
                            FindingApi.SAVE_FINDING,
                            finding.in(FindingState.GONE, passId, clock.instant()))
                        .onSuccess(saved -> bus.publish(ConsistencyApi.FINDING, saved.finding())))
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure))
        .mapEmpty();
  }
}
