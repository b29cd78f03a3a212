package io.movingdata.consistency.mirror;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.MirrorApi;
import io.movingdata.core.launch.NodeContext;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** The external mirrors of one node's room: their services, and its share of telling them. */
public final class Mirrors {
  private final Bus bus;
  private final AuditLog audit;
  private final List<Endpoint> mirrors;
  private final MirrorHttp http;
  private final MirrorService service;
  private final Mirroring mirroring;

  /** The mirrors that are configured; there may be none. */
  public Mirrors(NodeContext node) {
    this.bus = node.bus();
    this.audit = new AuditLog(bus, node.clock());
    this.mirrors = node.config().replication().mirrors().stream().map(Endpoint::of).toList();
    AddressGuard guard = new AddressGuard(node.config().replication().allowPrivate());
    this.http = new MirrorHttp(node.vertx(), guard, AddressGuard::resolve);
    Teller teller = new Teller(http, node.clock());
    List<String> names = mirrors.stream().map(Endpoint::name).toList();
    MirrorBook book = new MirrorBook(node, names);
    Deliveries deliveries = new Deliveries(node, mirrors, book, teller);
    Comparer comparer = new Comparer(node, mirrors, book, deliveries, teller);
    this.service = new MirrorService(node, mirrors, new MirrorBook(node, names), audit);
    this.mirroring = new Mirroring(node, mirrors, book, deliveries, comparer);
  }

  /** Starts; completes when its services are known to the cluster. */
  public Future<?> start() {
    audit.start();
    List<Future<?>> started = new ArrayList<>();
    started.add(bus.serve(MirrorApi.STATUS, service::status));
    started.add(bus.serve(MirrorApi.RESYNC, service::resync));
    if (!mirrors.isEmpty()) {
      started.add(bus.subscribe(Events.FILE, mirroring::heard));
      mirroring.start();
    }
    return Future.all(started);
  }

  /** Stops; another node goes on. */
  public Future<Void> stop() {
    return mirroring.stop().eventually(http::close).eventually(audit::stop);
  }
}
