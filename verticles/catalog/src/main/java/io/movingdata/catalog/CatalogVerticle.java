package io.movingdata.catalog;

import io.movingdata.catalog.store.SchemaGuard;
import io.movingdata.catalog.store.StoreLink;
import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Registration;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.DeliveryApi;
import io.movingdata.core.contract.DumpApi;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.launch.NodeContext;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Serves the addresses of {@link CatalogApi}, {@link InsightApi} and {@link FindingApi}. */
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
    boolean readOnly = node.config().mongo().readOnly();
    link = new StoreLink(vertx, settings, new SchemaGuard(List.of()), readOnly);
    CatalogServices services =
        CatalogServices.over(
            link.store(), node.bus(), node.clock(), node.config().locations(), retention);
    serve(CatalogApi.GET_FILE, services.files()::get);
    serve(CatalogApi.LIST_FILES, services.files()::list);
    serve(CatalogApi.PLACE, services.placement()::place);
    serve(CatalogApi.VERIFIED, services.verified()::record);
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
    serve(CatalogApi.GET_GARBAGE, services.garbage()::get);
    serve(CatalogApi.FILE_GARBAGE, services.garbage()::ofFile);
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
    serve(InsightApi.PLACEMENTS, services.files()::placements);
    serve(InsightApi.PINNED, services.files()::pinned);
    serve(InsightApi.APPEND_EVENTS, services.events()::append);
    serve(InsightApi.USE_BY_DAY, services.events()::byDay);
    serve(InsightApi.COUNT_EVENTS, all -> services.events().count());
    serve(InsightApi.GET_INSIGHTS, services.insights()::get);
    serve(InsightApi.SAVE_WINDOWS, services.insights()::saveWindows);
    serve(InsightApi.SAVE_DECISIONS, services.insights()::saveDecisions);
    serve(InsightApi.PENDING, services.insights()::pending);
    serve(InsightApi.EGRESS, all -> services.insights().egress());
    serve(InsightApi.GET_STATE, services.state()::get);
    serve(InsightApi.LIST_STATE, services.state()::list);
    serve(InsightApi.PUT_STATE, services.state()::put);
    serve(InsightApi.OUTBOX_ADD, services.outbox()::add);
    serve(InsightApi.OUTBOX_CLAIM, services.outbox()::claim);
    serve(InsightApi.OUTBOX_SENT, services.outbox()::sent);
    serve(FindingApi.GET_FINDING, services.findings()::get);
    serve(FindingApi.LIST_FINDINGS, services.findings()::list);
    serve(FindingApi.SEE_FINDING, services.findings()::see);
    serve(FindingApi.SAVE_FINDING, services.findings()::save);
    serve(FindingApi.COUNT_FINDINGS, all -> services.findings().counts());
    serve(DeliveryApi.GET_DELIVERIES, services.deliveries()::get);
    serve(DeliveryApi.LIST_DELIVERIES, services.deliveries()::list);
    serve(DeliveryApi.SAVE_DELIVERIES, services.deliveries()::save);
    serve(CatalogApi.STATUS, all -> link.status());
    serve(DumpApi.DUMP, services.dump()::dump);
    serve(DumpApi.RESTORE, services.dump()::restore);
    serve(DumpApi.RESTORE_FILES, services.dump()::restoreFiles);
    link.open();
    if (!readOnly) {
      services.housekeeping().start(vertx);
    }
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
