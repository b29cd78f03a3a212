package io.movingdata.predictor.serve;

import io.movingdata.core.contract.PredictorApi.Shadow;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Drift;
import io.movingdata.core.model.ModelCard;
import io.movingdata.core.state.StateStore;
import io.movingdata.core.state.StateStore.Stored;
import io.movingdata.predictor.learn.Dataset;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Cards and rows of models in the catalog, which one is in force, and what is known of it. */
final class ModelStore {
  private static final String CARDS = "models";
  private static final String DATA = "model_data";
  private static final String IN_FORCE = "in-force";
  private static final String SHADOW = "shadow";
  private static final String DRIFT = "drift";
  private static final int MOST = 200;
  private static final int ROUNDS = 20;

  /** Which model is in force. */
  record InForce(String version) {}

  /** Which model is tried beside it; null for none. */
  record Tried(Shadow shadow) {}

  /** What a model was trained on. */
  record Rows(List<String> classes, List<Dataset.Row> rows) {}

  private final StateStore<ModelCard> cards;
  private final StateStore<InForce> inForce;
  private final StateStore<Tried> tried;
  private final StateStore<Drift> drift;
  private final StateStore<Rows> data;

  ModelStore(NodeContext node) {
    this.cards = new StateStore<>(node.bus(), node.clock(), CARDS, ModelCard.class);
    this.inForce = new StateStore<>(node.bus(), node.clock(), CARDS, InForce.class);
    this.tried = new StateStore<>(node.bus(), node.clock(), CARDS, Tried.class);
    this.drift = new StateStore<>(node.bus(), node.clock(), CARDS, Drift.class);
    this.data = new StateStore<>(node.bus(), node.clock(), DATA, Rows.class);
  }

  /** The version in force; empty for none. */
  Future<Optional<String>> inForce() {
    return inForce.get(IN_FORCE).map(found -> found.map(one -> one.value().version()));
  }

  /** Puts a version in force, whatever was. */
  Future<Void> force(String version) {
    return change(inForce, IN_FORCE, before -> new InForce(version)).mapEmpty();
  }

  /** Puts a version in force where none is. */
  Future<Void> forceFirst(String version) {
    return unlessThere(inForce.put(IN_FORCE, 0, new InForce(version)).mapEmpty());
  }

  /** Cards, the latest first. */
  Future<List<ModelCard>> cards() {
    return cards
        .list(MOST)
        .map(
            list ->
                list.stream()
                    .filter(one -> one.id().matches("m[0-9]+"))
                    .map(Stored::value)
                    .sorted(Comparator.comparing(ModelCard::trainedAt).reversed())
                    .toList());
  }

  Future<Optional<ModelCard>> card(String version) {
    return cards.get(version).map(found -> found.map(Stored::value));
  }

  Future<Optional<Dataset>> data(String version) {
    return data.get(version)
        .map(found -> found.map(one -> new Dataset(one.value().classes(), one.value().rows())));
  }

  /** Adds a model; its rows first, so that a card never lacks them. */
  Future<Void> add(ModelCard card, Dataset rows) {
    return data.put(card.version(), 0, new Rows(rows.classes(), rows.rows()))
        .compose(done -> cards.put(card.version(), 0, card))
        .mapEmpty();
  }

  /** Adds a model that every node would make the same; nothing happens where one has. */
  Future<Void> addSame(ModelCard card, Dataset rows) {
    Future<Void> added =
        data.put(card.version(), 0, new Rows(rows.classes(), rows.rows())).mapEmpty();
    return unlessThere(added)
        .compose(done -> unlessThere(cards.put(card.version(), 0, card).mapEmpty()));
  }

  private static Future<Void> unlessThere(Future<Void> written) {
    return written.recover(
        failure ->
            MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                ? Future.succeededFuture()
                : Future.failedFuture(failure));
  }

  /** Which model is tried beside the one in force. */
  Future<Optional<Shadow>> shadow() {
    return tried.get(SHADOW).map(found -> found.map(one -> one.value().shadow()));
  }

  /** Changes that; null for none. */
  Future<Shadow> shadow(UnaryOperator<Shadow> change) {
    return change(
            tried,
            SHADOW,
            before -> new Tried(change.apply(before.map(Tried::shadow).orElse(null))))
        .map(Tried::shadow);
  }

  /** What was last found of drift. */
  Future<Optional<Drift>> drift() {
    return drift.get(DRIFT).map(found -> found.map(Stored::value));
  }

  Future<Void> drift(Drift found) {
    return change(drift, DRIFT, before -> found).mapEmpty();
  }

  private static <T> Future<T> change(
      StateStore<T> store, String id, Function<Optional<T>, T> change) {
    return change(store, id, change, ROUNDS);
  }

  private static <T> Future<T> change(
      StateStore<T> store, String id, Function<Optional<T>, T> change, int rounds) {
    return store
        .get(id)
        .compose(
            before -> {
              T next = change.apply(before.map(Stored::value));
              return store
                  .put(id, before.map(Stored::version).orElse(0L), next)
                  .map(next)
                  .recover(
                      failure ->
                          MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT) && rounds > 0
                              ? change(store, id, change, rounds - 1)
                              : Future.failedFuture(failure));
            });
  }
}
