package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.Filter;
import io.movingdata.catalog.store.VersionedCollection;
import io.movingdata.core.model.Decision;
import io.movingdata.core.model.FileInsight;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The collection {@code file_insights}: a document a file of whose use something is known. */
final class InsightRepository {
  private static final String NAME = "file_insights";

  private final DocumentStore store;
  private final VersionedCollection<FileInsight> insights;
  private final Clock clock;

  InsightRepository(DocumentStore store, Clock clock) {
    this.store = store;
    this.insights =
        new VersionedCollection<>(
            store,
            NAME,
            new DocumentLayout<>(FileInsight.class, "file_id"),
            FileInsight::atVersion);
    this.clock = clock;
  }

  /** What is known of a file. */
  Future<Optional<FileInsight>> get(String fileId) {
    return insights.get(fileId);
  }

  /** Decisions on files that would move. */
  Future<List<Decision>> pending(int limit) {
    return insights
        .find(wouldMove(), null, limit)
        .map(found -> found.stream().map(FileInsight::decision).toList());
  }

  /** On how many files. */
  Future<Long> countPending() {
    return insights.count(wouldMove());
  }

  /** The egress of windows that were saved after a time, USD. */
  Future<Double> egress(Instant after) {
    JsonObject recent = new Filter().atLeast("windows.at", DocumentLayout.time(after)).json();
    JsonObject sum =
        new JsonObject()
            .putNull("_id")
            .put("usd", new JsonObject().put("$sum", "$windows.egress_cost60m"));
    return store
        .aggregate(
            NAME,
            new JsonArray()
                .add(new JsonObject().put("$match", recent))
                .add(new JsonObject().put("$group", sum)))
        .map(groups -> groups.isEmpty() ? 0.0 : groups.get(0).getDouble("usd", 0.0));
  }

  private static JsonObject wouldMove() {
    return new Filter().is("decision.move", true).json();
  }

  /** Changes what is known of a file, whoever else changes other parts of it. */
  Future<FileInsight> change(String fileId, UnaryOperator<FileInsight> change) {
    return CasLoop.run(
        () ->
            insights
                .get(fileId)
                .compose(
                    found ->
                        found.isPresent()
                            ? insights.replace(change.apply(found.get()), found.get().version())
                            : insights.insert(
                                change.apply(FileInsight.unknown(fileId, clock.instant())),
                                Versions.first(clock.instant()))));
  }
}
