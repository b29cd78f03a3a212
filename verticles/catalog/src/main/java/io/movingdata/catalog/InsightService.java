package io.movingdata.catalog;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.InsightApi.Amount;
import io.movingdata.core.contract.InsightApi.DecisionBatch;
import io.movingdata.core.contract.InsightApi.Decisions;
import io.movingdata.core.contract.InsightApi.FileIdList;
import io.movingdata.core.contract.InsightApi.Insights;
import io.movingdata.core.contract.InsightApi.PendingQuery;
import io.movingdata.core.contract.InsightApi.Use;
import io.movingdata.core.contract.InsightApi.WindowBatch;
import io.movingdata.core.model.AccessHistory;
import io.movingdata.core.model.Decision;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.FileInsight;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Keeps what the use of files shows. */
final class InsightService {
  /** Windows that ended longer ago say nothing about the present hour. */
  private static final Duration RECENT = Duration.ofMinutes(15);

  private final InsightRepository insights;
  private final Clock clock;

  InsightService(InsightRepository insights, Clock clock) {
    this.insights = insights;
    this.clock = clock;
  }

  /** Carries out {@code InsightApi.GET_INSIGHTS}. */
  Future<Insights> get(FileIdList request) {
    List<Future<Optional<FileInsight>>> found =
        Ids.several(request.ids()).stream().map(id -> insights.get(FileIds.require(id))).toList();
    return Future.all(found)
        .map(
            all ->
                new Insights(
                    all.<Optional<FileInsight>>list().stream().flatMap(Optional::stream).toList()));
  }

  /** Carries out {@code InsightApi.SAVE_WINDOWS}. */
  Future<Done> saveWindows(WindowBatch batch) {
    return Future.all(Ids.several(batch.files()).stream().map(this::save).toList()).map(Done.DONE);
  }

  /** Carries out {@code InsightApi.EGRESS}. */
  Future<Amount> egress() {
    return insights.egress(clock.instant().minus(RECENT)).map(Amount::new);
  }

  private Future<FileInsight> save(Use use) {
    return insights.change(
        FileIds.require(use.fileId()),
        before ->
            older(use.history(), before.history())
                ? before
                : before.used(use.history(), use.windows(), use.at()));
  }

  /** Carries out {@code InsightApi.SAVE_DECISIONS}. */
  Future<Done> saveDecisions(DecisionBatch batch) {
    return Future.all(Ids.several(batch.decisions()).stream().map(this::save).toList())
        .map(Done.DONE);
  }

  private Future<FileInsight> save(Decision decision) {
    return insights.change(FileIds.require(decision.fileId()), before -> before.decided(decision));
  }

  /** Carries out {@code InsightApi.PENDING}. */
  Future<Decisions> pending(PendingQuery query) {
    int limit = Ids.limit(query.limit());
    return Future.all(insights.pending(limit), insights.countPending())
        .map(both -> new Decisions(both.resultAt(0), both.resultAt(1)));
  }

  /** Whether one comes late from a node that read the partition before. */
  private static boolean older(AccessHistory one, AccessHistory present) {
    return one != null
        && present != null
        && one.partition() == present.partition()
        && one.upTo() < present.upTo();
  }
}
