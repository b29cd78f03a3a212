package io.movingdata.predictor.serve;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.config.NodeConfig.Learning;
import io.movingdata.core.contract.PredictorApi.Shadow;
import io.movingdata.core.contract.RulesApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.ModelCard;
import io.movingdata.core.model.ModelCard.Comparison;
import io.movingdata.core.model.Requester;
import io.movingdata.predictor.learn.Contest;
import io.movingdata.predictor.learn.Dataset;
import io.movingdata.predictor.learn.Learner;
import io.movingdata.predictor.learn.Steps;
import io.vertx.core.Future;
import java.util.List;

/**
 * Learns a model and decides what becomes of it: it is compared with the one in force on its
 * hold-out and on the files of today, kept with the comparison, and takes over or goes into the
 * shadow.
 */
final class Successor {
  private static final int LEAST = 6;
  private static final int MOST_FILES = 2_000;
  private static final int ROUNDS = 10;
  private static final long SEED = 7;

  /** What came of it. */
  record Outcome(ModelCard card, boolean inForce) {}

  private final NodeContext node;
  private final ModelStore store;
  private final ModelService models;
  private final LiveFiles files;
  private final AuditLog audit;
  private final Learning settings;

  Successor(
      NodeContext node, ModelStore store, ModelService models, LiveFiles files, AuditLog audit) {
    this.node = node;
    this.store = store;
    this.models = models;
    this.files = files;
    this.audit = audit;
    this.settings = node.config().learning();
  }

  /** Refuses what nothing can be learnt from. */
  static void check(Dataset all) {
    if (all.rows().size() < LEAST || all.classes().size() < 2) {
      throw MovingDataException.of(
          ErrorCode.CONFLICT,
          "there are "
              + all.rows().size()
              + " examples of "
              + all.classes().size()
              + " tiers; at least "
              + LEAST
              + " of 2 are needed");
    }
  }

  /** Learns; {@code steps} may end it until the model is kept. */
  Future<Outcome> learn(Labels.Labelled examples, Requester who, Steps steps) {
    return node.cpu()
        .executeBlocking(
            () -> {
              check(examples.data());
              return Learner.learn(examples.data().sample(settings.sample(), SEED), steps);
            },
            false)
        .compose(
            learner -> {
              steps.next("comparing", 0.8);
              return models
                  .inForce()
                  .compose(
                      present ->
                          compared(learner, present)
                              .compose(
                                  comparison -> {
                                    steps.next("keeping", 0.95);
                                    return keep(
                                        learner, examples, comparison, present, who, ROUNDS);
                                  }));
            });
  }

  /** Null where no model is in force. */
  private Future<Comparison> compared(Learner learner, Serving present) {
    if (present == null) {
      return Future.succeededFuture();
    }
    return Future.all(files.read(MOST_FILES, read -> {}), ShadowService.prices(node))
        .compose(
            both -> {
              List<LiveFiles.Known> known = both.resultAt(0);
              List<RulesApi.Place> places = both.resultAt(1);
              return node.cpu()
                  .executeBlocking(() -> contest(learner, present, known, places), false);
            });
  }

  private static Comparison contest(
      Learner learner, Serving present, List<LiveFiles.Known> known, List<RulesApi.Place> places) {
    Contest contest = new Contest(places);
    for (LiveFiles.Known one : known) {
      List<Double> row = Dataset.values(one.features());
      contest.add(
          one.features(),
          learner.predict(row, false).tier(),
          present.learner().predict(row, false).tier());
    }
    return contest.result(
        present.version(), learner.holdoutF1(), present.learner().f1On(learner.data()));
  }

  private Future<Outcome> keep(
      Learner learner,
      Labels.Labelled examples,
      Comparison comparison,
      Serving present,
      Requester who,
      int rounds) {
    return store
        .cards()
        .compose(
            cards -> {
              int highest = cards.stream().mapToInt(Successor::number).max().orElse(0);
              // Rows without a card may have been left behind under the next numbers.
              String version = "m" + (highest + 1 + ROUNDS - rounds);
              ModelCard card =
                  Cards.of(
                      version,
                      learner,
                      examples.source(),
                      examples.horizonDays(),
                      comparison,
                      who.principal(),
                      node.clock());
              return store
                  .add(card, learner.data())
                  .compose(added -> settle(card, learner, present, who))
                  .recover(
                      failure ->
                          MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT) && rounds > 0
                              ? keep(learner, examples, comparison, present, who, rounds - 1)
                              : Future.failedFuture(failure));
            });
  }

  private Future<Outcome> settle(ModelCard card, Learner learner, Serving present, Requester who) {
    boolean takesOver = takesOver(card.comparison(), present);
    Future<?> settled =
        takesOver
            ? store.force(card.version()).compose(forced -> store.shadow(before -> null))
            : store.shadow(before -> shadow(card));
    return settled.map(
        done -> {
          if (takesOver) {
            models.serve(new Serving(card.version(), card.labels(), learner));
          }
          String what = takesOver ? " in force" : " in the shadow: " + card.comparison().verdict();
          audit.record(who, "model.train", null, null, "done", card.version() + what, null);
          return new Outcome(card, takesOver);
        });
  }

  /** A model of real examples need not be cheaper than one of made-up ones, which never saw any. */
  private boolean takesOver(Comparison comparison, Serving present) {
    if (comparison == null) {
      return true;
    }
    boolean better =
        comparison.notWorse()
            || (present.bootstrap() && comparison.holdoutF1() >= comparison.inForceF1());
    return better && settings.takeover().equals(Learning.NOT_WORSE);
  }

  private Shadow shadow(ModelCard card) {
    Comparison holdout = card.comparison();
    Comparison soFar =
        new Contest(List.of()).result(holdout.against(), holdout.holdoutF1(), holdout.inForceF1());
    long wanted = settings.takeover().equals(Learning.SHADOW) ? settings.shadowAnswers() : 0;
    return new Shadow(card.version(), wanted, node.clock().instant(), soFar);
  }

  private static int number(ModelCard card) {
    return card.version().matches("m[0-9]{1,9}")
        ? Integer.parseInt(card.version().substring(1))
        : 0;
  }
}
