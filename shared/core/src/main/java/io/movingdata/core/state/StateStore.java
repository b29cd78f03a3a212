package io.movingdata.core.state;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.StateDocument;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Records of one type that a room keeps in the catalog, each changed by compare-and-set. */
public final class StateStore<T> {
  private final Bus bus;
  private final Clock clock;
  private final String kind;
  private final Class<T> type;

  /** A record as it stands; {@code version} names it to whoever replaces it. */
  public record Stored<T>(String id, T value, long version) {}

  /** {@code kind}: one of {@link InsightApi#KINDS}. */
  public StateStore(Bus bus, Clock clock, String kind, Class<T> type) {
    this.bus = bus;
    this.clock = clock;
    this.kind = kind;
    this.type = type;
  }

  /** The record of an id. */
  public Future<Optional<Stored<T>>> get(String id) {
    return bus.request(InsightApi.GET_STATE, new InsightApi.StateRef(kind, id))
        .map(reply -> Optional.ofNullable(reply.document()).map(this::read));
  }

  /** At most so many, the last written first. */
  public Future<List<Stored<T>>> list(int limit) {
    return bus.request(InsightApi.LIST_STATE, new InsightApi.StateQuery(kind, limit))
        .map(list -> list.documents().stream().map(this::read).toList());
  }

  /**
   * Writes a record in place of that of a version; 0: there must be none. Fails with {@code
   * VERSION_CONFLICT} where that is not so.
   */
  public Future<Stored<T>> put(String id, long version, T value) {
    StateDocument document =
        new StateDocument(id, version, Json.toBuffer(value).toString(), clock.instant());
    return bus.request(InsightApi.PUT_STATE, new InsightApi.PutState(kind, document))
        .map(written -> new Stored<>(id, value, written.document().version()));
  }

  private Stored<T> read(StateDocument document) {
    T value = Json.fromBuffer(Buffer.buffer(document.json()), type);
    return new Stored<>(document.id(), value, document.version());
  }
}
