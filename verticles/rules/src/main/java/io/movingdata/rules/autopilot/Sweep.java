package io.movingdata.rules.autopilot;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.model.Decision;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.RuleSet;
import io.movingdata.rules.alert.AlertService;
import io.movingdata.rules.decide.EvaluationService;
import io.movingdata.rules.decide.Prediction;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides on all files, a page at a time, and hands what would move to the {@link Mover}. */
final class Sweep {
  private static final int PAGE = 200;

  private final Bus bus;
  private final EvaluationService evaluation;
  private final AlertService alerts;
  private final Mover mover;

  Sweep(Bus bus, EvaluationService evaluation, AlertService alerts, Mover mover) {
    this.bus = bus;
    this.evaluation = evaluation;
    this.alerts = alerts;
    this.mover = mover;
  }

  /**
   * Goes through all files.
   *
   * @param turn whether files are decided on; otherwise only their use is looked at for alerts
   * @param goesOn asked before each further page
   * @return how many there were; empty where it did not go on to the end
   */
  Future<Optional<Long>> run(RuleSet set, Ledger turn, Supplier<Future<Optional<Ledger>>> goesOn) {
    return page(set, turn, null, 0, goesOn);
  }

  private Future<Optional<Long>> page(
      RuleSet set,
      Ledger turn,
      String cursor,
      long before,
      Supplier<Future<Optional<Ledger>>> goesOn) {
    return bus.request(
            CatalogApi.LIST_FILES,
            new CatalogApi.FileQuery(null, null, null, "id", PAGE, cursor, false))
        .compose(
            page ->
                look(set, turn, page.files())
                    .compose(
                        done -> {
                          long swept = before + page.files().size();
                          return page.next() == null
                              ? Future.succeededFuture(Optional.of(swept))
                              : goesOn
                                  .get()
                                  .compose(
                                      now ->
                                          now.isPresent()
                                              ? page(set, now.get(), page.next(), swept, goesOn)
                                              : Future.succeededFuture(Optional.empty()));
                        }));
  }

  private Future<Void> look(RuleSet set, Ledger turn, List<FileRecord> files) {
    List<String> ids = files.stream().map(FileRecord::id).toList();
    if (ids.isEmpty()) {
      return Future.succeededFuture();
    }
    return bus.request(InsightApi.GET_INSIGHTS, new InsightApi.FileIdList(ids))
        .compose(
            found ->
                turn.decides()
                    ? decide(set, files, found.files())
                    : alerts.lookAt(found.files(), false));
  }

  private Future<Void> decide(RuleSet set, List<FileRecord> files, List<FileInsight> found) {
    Map<String, FileInsight> insights = new HashMap<>();
    found.forEach(one -> insights.put(one.fileId(), one));
    List<FileFeatures> features =
        files.stream().map(file -> evaluation.features(file, insights.get(file.id()))).toList();
    return evaluation
        .predictions(features, false)
        .compose(said -> decide(set, files, insights, features, said));
  }

  private Future<Void> decide(
      RuleSet set,
      List<FileRecord> files,
      Map<String, FileInsight> insights,
      List<FileFeatures> features,
      List<Optional<Prediction>> said) {
    List<Decision> fresh = new ArrayList<>();
    List<FileRecord> moving = new ArrayList<>();
    Map<String, Decision> decisions = new HashMap<>();
    for (int i = 0; i < files.size(); i++) {
      FileRecord file = files.get(i);
      FileInsight known = insights.get(file.id());
      Decision decision =
          evaluation.evaluation(file, features.get(i), set, said.get(i).orElse(null)).decision();
      decisions.put(file.id(), decision);
      if (known == null || differs(known.decision(), decision)) {
        fresh.add(decision);
      }
      if (decision.move()) {
        moving.add(file);
      }
    }
    // How unsure a model is that nobody trained is no news.
    boolean judged = said.stream().flatMap(Optional::stream).noneMatch(Prediction::bootstrap);
    return save(fresh)
        .compose(saved -> alerts.lookAt(List.copyOf(insights.values()), judged))
        .compose(seen -> mover.start(set, moving, decisions));
  }

  /** Whether anybody would see a difference: not that time has passed. */
  private static boolean differs(Decision before, Decision now) {
    return before == null
        || !before.tier().equals(now.tier())
        || before.move() != now.move()
        || !before.source().equals(now.source())
        || before.rulesVersion() != now.rulesVersion()
        || before.held().size() != now.held().size()
        || Math.abs(before.savingsPerMonth() - now.savingsPerMonth())
            > 0.1 * Math.abs(before.savingsPerMonth());
  }

  private Future<Void> save(List<Decision> decisions) {
    return decisions.isEmpty()
        ? Future.succeededFuture()
        : bus.request(InsightApi.SAVE_DECISIONS, new InsightApi.DecisionBatch(decisions))
            .mapEmpty();
  }
}
