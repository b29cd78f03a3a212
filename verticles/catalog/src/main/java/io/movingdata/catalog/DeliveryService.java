package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.Filter;
import io.movingdata.catalog.store.VersionedCollection;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.DeliveryApi.DeliveryBatch;
import io.movingdata.core.contract.DeliveryApi.DeliveryList;
import io.movingdata.core.contract.DeliveryApi.DeliveryPage;
import io.movingdata.core.contract.DeliveryApi.DeliveryQuery;
import io.movingdata.core.contract.InsightApi.FileIdList;
import io.movingdata.core.model.Delivery;
import io.movingdata.core.model.FileIds;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The collection {@code mirror_deliveries}: a document a file that mirrors were told of. */
final class DeliveryService {
  private static final String NAME = "mirror_deliveries";
  private static final JsonObject BY_ID = new JsonObject().put("_id", 1);

  private final VersionedCollection<Delivery> deliveries;
  private final Clock clock;

  DeliveryService(DocumentStore store, Clock clock) {
    this.deliveries =
        new VersionedCollection<>(
            store, NAME, new DocumentLayout<>(Delivery.class, "file_id"), Delivery::atVersion);
    this.clock = clock;
  }

  /** Carries out {@code DeliveryApi.GET_DELIVERIES}. */
  Future<DeliveryList> get(FileIdList request) {
    List<Future<Optional<Delivery>>> found =
        Ids.several(request.ids()).stream().map(id -> deliveries.get(FileIds.require(id))).toList();
    return Future.all(found)
        .map(
            all ->
                new DeliveryList(
                    all.<Optional<Delivery>>list().stream().flatMap(Optional::stream).toList()));
  }

  /** Carries out {@code DeliveryApi.LIST_DELIVERIES}. */
  Future<DeliveryPage> list(DeliveryQuery query) {
    int limit = Ids.limit(query.limit());
    Filter filter = new Filter();
    if (query.cursor() != null) {
      filter.above("_id", FileIds.require(query.cursor()));
    }
    return deliveries
        .find(filter.json(), BY_ID, limit)
        .map(
            page ->
                new DeliveryPage(
                    page, page.size() < limit ? null : page.get(page.size() - 1).fileId()));
  }

  /** Carries out {@code DeliveryApi.SAVE_DELIVERIES}. */
  Future<Done> save(DeliveryBatch batch) {
    return Future.all(Ids.several(batch.save()).stream().map(this::save).toList())
        .compose(
            saved ->
                Future.all(
                    Ids.several(batch.forget()).stream()
                        .map(one -> deliveries.remove(FileIds.require(one.fileId()), one.version()))
                        .toList()))
        .map(Done.DONE);
  }

  private Future<Delivery> save(Delivery more) {
    FileIds.require(more.fileId());
    return CasLoop.run(
        () ->
            deliveries
                .get(more.fileId())
                .compose(
                    found ->
                        found.isPresent()
                            ? deliveries.replace(
                                found.get().and(more.told(), clock.instant()),
                                found.get().version())
                            : deliveries.insert(
                                new Delivery(more.fileId(), 0, more.told(), clock.instant()),
                                Versions.first(clock.instant()))));
  }
}
