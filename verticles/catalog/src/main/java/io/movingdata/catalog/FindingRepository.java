package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.Filter;
import io.movingdata.catalog.store.VersionedCollection;
import io.movingdata.core.contract.FindingApi.FindingCount;
import io.movingdata.core.contract.FindingApi.FindingQuery;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The collection {@code sync_status}: a document an object that differs from the catalog. */
final class FindingRepository {
  private static final String NAME = "sync_status";
  private static final JsonObject BY_ID = new JsonObject().put("_id", 1);

  private final DocumentStore store;
  private final VersionedCollection<Finding> findings;
  private final Clock clock;

  FindingRepository(DocumentStore store, Clock clock) {
    this.store = store;
    this.findings =
        new VersionedCollection<>(
            store, NAME, new DocumentLayout<>(Finding.class, "id"), Finding::atVersion);
    this.clock = clock;
  }

  /** The finding of an id. */
  Future<Optional<Finding>> get(String id) {
    return findings.get(id);
  }

  /** Adds what was seen, or merges it into what was seen before. */
  Future<Finding> see(Finding seen) {
    return CasLoop.run(
        () ->
            findings
                .get(seen.id())
                .compose(
                    found ->
                        found.isPresent()
                            ? findings.replace(found.get().seenAgain(seen), found.get().version())
                            : findings.insert(seen, Versions.first(clock.instant()))));
  }

  /** Replaces the finding of its version; empty: that one has changed. */
  Future<Optional<Finding>> replace(Finding next) {
    return findings.replace(next, next.version());
  }

  /** Findings that match, by id. */
  Future<List<Finding>> find(FindingQuery query) {
    Filter filter =
        new Filter()
            .isIfGiven("kind", query.kind() == null ? null : wire(query.kind()))
            .isIfGiven("location", query.location())
            .isIfGiven("file_id", query.fileId());
    if (!query.states().isEmpty()) {
      filter.in("state", query.states().stream().map(FindingRepository::wire).toList());
    }
    if (query.dueAt() != null) {
      filter.absentOrAtMost("next_attempt_at", DocumentLayout.time(query.dueAt()));
    }
    if (query.cursor() != null) {
      filter.above("_id", query.cursor());
    }
    return findings.find(filter.json(), BY_ID, query.limit());
  }

  /** Numbers by kind, state and location. */
  Future<List<FindingCount>> counts() {
    JsonObject by =
        new JsonObject().put("kind", "$kind").put("state", "$state").put("location", "$location");
    JsonObject group =
        new JsonObject()
            .put("_id", by)
            .put("count", new JsonObject().put("$sum", 1))
            .put("last", new JsonObject().put("$max", "$updated_at"));
    return store
        .aggregate(NAME, new JsonArray().add(new JsonObject().put("$group", group)))
        .map(groups -> groups.stream().map(FindingRepository::count).toList());
  }

  private static FindingCount count(JsonObject group) {
    JsonObject by = group.getJsonObject("_id");
    return new FindingCount(
        read(FindingKind.values(), by.getString("kind")),
        read(FindingState.values(), by.getString("state")),
        by.getString("location"),
        group.getLong("count"),
        Instant.parse(group.getString("last")));
  }

  /** Forgets findings that were settled before a time. */
  Future<Void> purgeSettled(Instant before) {
    List<String> settled =
        Arrays.stream(FindingState.values())
            .filter(FindingState::settled)
            .map(FindingRepository::wire)
            .toList();
    return findings.purge(
        new Filter().in("state", settled).below("updated_at", DocumentLayout.time(before)).json());
  }

  private static String wire(Enum<?> value) {
    return Json.mapper().convertValue(value, String.class);
  }

  private static <E extends Enum<E>> E read(E[] values, String wire) {
    return Arrays.stream(values).filter(v -> wire(v).equals(wire)).findFirst().orElseThrow();
  }
}
