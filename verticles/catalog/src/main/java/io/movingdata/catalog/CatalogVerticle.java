package io.movingdata.catalog;

import io.movingdata.catalog.store.SchemaGuard;
import io.movingdata.catalog.store.StoreLink;
import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Registration;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.launch.NodeContext;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Serves the addresses of {@link CatalogApi}. */
final class CatalogVerticle extends VerticleBase {
  private final NodeContext node;
  private final JsonObject settings;
  private final Retention retention;
  private final List<Future<Registration>> served = new ArrayList<>();
  private StoreLink link;

  CatalogVerticle(NodeContext node, JsonObject settings, Retention retention) {
    this.node = node;
    this.settings = settings;
    this.retention = retention;
  }

  @Override
  public Future<?> start() {
    link = new StoreLink(vertx, settings, new SchemaGuard(List.of()));
    CatalogServices services =
        CatalogServices.over(
            link.store(), node.bus(), node.clock(), node.config().locations(), retention);
    serve(CatalogApi.GET_FILE, services.files()::get);
    serve(CatalogApi.LIST_FILES, services.files()::list);
    serve(CatalogApi.PLACE, services.placement()::place);
    serve(CatalogApi.USAGE, all -> services.usage().usage());
    serve(CatalogApi.OPEN_COPY, services.copies()::open);
    serve(CatalogApi.COPY_PROGRESS, services.copies()::progress);
    serve(CatalogApi.GET_COPY, services.copies()::get);
    serve(CatalogApi.DISCARD_COPY, services.discard()::discard);
    serve(CatalogApi.STALE_COPIES, services.copies()::stale);
    serve(CatalogApi.CLAIM_GARBAGE, services.garbage()::claim);
    serve(CatalogApi.RENEW_GARBAGE, services.garbage()::renew);
    serve(CatalogApi.SETTLE_GARBAGE, services.garbage()::settle);
    serve(CatalogApi.FORGET_GARBAGE, services.garbage()::forget);
    serve(CatalogApi.COUNT_GARBAGE, all -> services.garbage().count());
    serve(CatalogApi.INSERT_MOVE, services.moves()::insert);
    serve(CatalogApi.SAVE_MOVE, services.moves()::save);
    serve(CatalogApi.FINISH_MOVE, services.moves()::finish);
    serve(CatalogApi.GET_MOVE, services.moves()::get);
    serve(CatalogApi.LIST_MOVES, services.moveListing()::list);
    serve(CatalogApi.DUE_MOVES, services.moves()::due);
    serve(CatalogApi.SAVE_JOB, services.jobs()::save);
    serve(CatalogApi.GET_JOB, services.jobs()::get);
    serve(CatalogApi.LIST_JOBS, services.jobs()::list);
    serve(CatalogApi.TALLY_JOB, services.jobs()::tally);
    serve(CatalogApi.APPEND_AUDIT, services.audit()::append);
    serve(CatalogApi.SEARCH_AUDIT, services.audit()::search);
    serve(CatalogApi.BEGIN_ONCE, services.once()::begin);
    serve(CatalogApi.FINISH_ONCE, services.once()::finish);
    serve(CatalogApi.STATUS, all -> link.status());
    link.open();
    services.housekeeping().start(vertx);
    return Future.all(served);
  }

  @Override
  public Future<?> stop() {
    return Future.join(served.stream().map(one -> one.compose(Registration::close)).toList())
        .eventually(() -> link.close());
  }

  private <Q, R> void serve(Address<Q, R> address, Function<Q, Future<R>> handler) {
    served.add(node.bus().serve(address, handler));
  }
}
