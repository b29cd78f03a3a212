package io.movingdata.catalog;

import static io.movingdata.testkit.Results.outcome;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.Indexes;
import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.judge.CatalogDump;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.MoveRecord;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The catalog as it is: its services over a store. */
final class ServiceSide {
  static final Duration REMEMBERED = Duration.ofHours(1);

  private static final Map<String, BiFunction<CatalogServices, Object, Future<?>>> SERVICES =
      new HashMap<>();

  static {
    on(CatalogApi.GET_FILE, (s, q) -> s.files().get(q));
    on(CatalogApi.PLACE, (s, q) -> s.placement().place(q));
    on(CatalogApi.OPEN_COPY, (s, q) -> s.copies().open(q));
    on(CatalogApi.COPY_PROGRESS, (s, q) -> s.copies().progress(q));
    on(CatalogApi.GET_COPY, (s, q) -> s.copies().get(q));
    on(CatalogApi.DISCARD_COPY, (s, q) -> s.discard().discard(q));
    on(CatalogApi.STALE_COPIES, (s, q) -> s.copies().stale(q));
    on(CatalogApi.CLAIM_GARBAGE, (s, q) -> s.garbage().claim(q));
    on(CatalogApi.RENEW_GARBAGE, (s, q) -> s.garbage().renew(q));
    on(CatalogApi.SETTLE_GARBAGE, (s, q) -> s.garbage().settle(q));
    on(CatalogApi.FORGET_GARBAGE, (s, q) -> s.garbage().forget(q));
    on(CatalogApi.INSERT_MOVE, (s, q) -> s.moves().insert(q));
    on(CatalogApi.SAVE_MOVE, (s, q) -> s.moves().save(q));
    on(CatalogApi.FINISH_MOVE, (s, q) -> s.moves().finish(q));
    on(CatalogApi.GET_MOVE, (s, q) -> s.moves().get(q));
    on(CatalogApi.DUE_MOVES, (s, q) -> s.moves().due(q));
  }

  private final DocumentStore store;
  private final Bus bus;
  private final Clock clock;
  private final CatalogServices services;

  ServiceSide(DocumentStore store, Bus bus, Clock clock) {
    this.store = store;
    this.bus = bus;
    this.clock = clock;
    this.services = over(store);
    outcome(Indexes.ensure(store));
  }

  private static <Q, R> void on(
      Address<Q, R> address, BiFunction<CatalogServices, Q, Future<R>> service) {
    SERVICES.put(address.name(), (s, request) -> service.apply(s, address.request().cast(request)));
  }

  private CatalogServices over(DocumentStore view) {
    return CatalogServices.over(view, bus, clock, List.of(), Retention.withTombstones(REMEMBERED));
  }

  /** The answer; throws the refusal. */
  Object ask(Ask<?, ?> ask) {
    return outcome(SERVICES.get(ask.address().name()).apply(services, ask.request()));
  }

  /** Begins an operation in a process that dies after so many operations of the store. */
  void dieAfter(int steps, Ask<?, ?> ask) {
    SteppedStore view = new SteppedStore(store);
    Future<?> unheard = SERVICES.get(ask.address().name()).apply(over(view), ask.request());
    for (int i = 0; i < steps && !unheard.isComplete(); i++) {
      view.step();
    }
  }

  void forget() {
    outcome(services.housekeeping().run());
  }

  /** Everything that the store holds. */
  CatalogDump state() {
    DocumentLayout<CopyIntent> intents = new DocumentLayout<>(CopyIntent.class, "copy_id");
    DocumentLayout<MoveRecord> moves = new DocumentLayout<>(MoveRecord.class, "move_id");
    List<JsonObject> uploads = documents("uploads");
    return new CatalogDump(
        read("files", new DocumentLayout<>(FileRecord.class, "id")),
        uploads.stream().filter(d -> !ended(d)).map(intents::fromDocument).toList(),
        uploads.stream().filter(ServiceSide::ended).map(intents::fromDocument).toList(),
        read("garbage", new DocumentLayout<>(Garbage.class, "copy_id")),
        read("moves_active", new DocumentLayout<>(MoveRecord.class, "file_id")),
        outcome(store.collections()).stream()
            .filter(name -> name.matches("moves_[0-9]+"))
            .flatMap(name -> documents(name).stream())
            .map(moves::fromDocument)
            .toList());
  }

  private static boolean ended(JsonObject upload) {
    return upload.getBoolean("ended", false);
  }

  private <T> List<T> read(String collection, DocumentLayout<T> layout) {
    return documents(collection).stream().map(layout::fromDocument).toList();
  }

  private List<JsonObject> documents(String collection) {
    return outcome(store.find(collection, new JsonObject(), null, 0, null));
  }
}
