package io.movingdata.predictor.serve;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.PredictorApi.Predicted;
import io.movingdata.core.contract.PredictorApi.Shadow;
import io.movingdata.core.contract.RulesApi;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.ModelCard.Comparison;
import io.movingdata.predictor.learn.Contest;
import io.movingdata.predictor.learn.Dataset;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model in the shadow: on every node it is asked what the one in force is asked, and the answers
 * are compared and added up in the catalog. Once there are enough of them and it was not worse, it
 * takes over.
 */
final class ShadowService {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowService.class);
  private static final int MOST_A_QUESTION = 100;

  private final NodeContext node;
  private final ModelStore store;
  private Function<String, Future<Serving>> loader;
  private Serving candidate;
  private String against;
  private List<RulesApi.Place> places = List.of();
  private Contest here;

  ShadowService(NodeContext node, ModelStore store) {
    this.node = node;
    this.store = store;
  }

  /** {@code loader}: learns a version again. */
  void loader(Function<String, Future<Serving>> learns) {
    loader = learns;
  }

  /** Compares answers of the model in force with those of the one in the shadow. */
  void compare(Serving inForce, List<FileFeatures> files, List<Predicted> answers) {
    if (candidate == null || !inForce.version().equals(against)) {
      return;
    }
    for (int i = 0; i < Math.min(MOST_A_QUESTION, files.size()); i++) {
      String tier = candidate.learner().predict(Dataset.values(files.get(i)), false).tier();
      here.add(files.get(i), tier, answers.get(i).tier());
    }
  }

  /** Follows which model is in the shadow, and adds what was compared here. */
  Future<Void> look(Serving inForce) {
    return store
        .shadow()
        .compose(
            found -> {
              boolean tried =
                  inForce != null
                      && found.isPresent()
                      && found.get().soFar().against().equals(inForce.version());
              if (!tried) {
                candidate = null;
                return Future.succeededFuture();
              }
              return candidate != null && candidate.version().equals(found.get().version())
                  ? add(found.get())
                  : load(found.get());
            });
  }

  private Future<Void> load(Shadow shadow) {
    return Future.all(loader.apply(shadow.version()), prices(node))
        .map(
            both -> {
              candidate = both.resultAt(0);
              places = both.resultAt(1);
              against = shadow.soFar().against();
              here = new Contest(places);
              return null;
            });
  }

  /** The prices of places; none where nobody knows them. */
  static Future<List<RulesApi.Place>> prices(NodeContext node) {
    return node.bus()
        .request(RulesApi.PRICES, Done.DONE)
        .map(RulesApi.PriceList::places)
        .otherwise(List.of());
  }

  private Future<Void> add(Shadow shadow) {
    if (here.scored() == 0) {
      return Future.succeededFuture();
    }
    Comparison mine = here.result(against, 0, 0);
    here = new Contest(places);
    return store
        .shadow(
            before ->
                before == null || !before.version().equals(shadow.version())
                    ? before
                    : with(before, mine))
        .compose(
            now ->
                now != null && ripe(now) && now.version().equals(shadow.version())
                    ? takeOver(now)
                    : Future.succeededFuture());
  }

  private Shadow with(Shadow before, Comparison more) {
    Comparison old = before.soFar();
    Comparison sum =
        new Contest(places, old).plus(more).result(against, old.holdoutF1(), old.inForceF1());
    return new Shadow(before.version(), before.wanted(), before.since(), sum);
  }

  private static boolean ripe(Shadow shadow) {
    return shadow.wanted() > 0
        && shadow.soFar().scored() >= shadow.wanted()
        && shadow.soFar().notWorse();
  }

  private Future<Void> takeOver(Shadow shadow) {
    LOG.info("model {} takes over: {}", shadow.version(), shadow.soFar().verdict());
    candidate = null;
    return store.force(shadow.version()).compose(forced -> store.shadow(before -> null)).mapEmpty();
  }
}
