package io.movingdata.catalog;

import static io.movingdata.testkit.Results.outcome;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.config.Secret;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.CatalogStatus;
import io.movingdata.core.contract.CatalogApi.FileReply;
import io.movingdata.core.contract.CatalogApi.Place;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.security.CopyId;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A node with the role {@code catalog} alone. */
final class CatalogNode implements AutoCloseable {
  private static final List<LocationConfig> LOCATIONS =
      List.of(location("s3", "hot"), location("azure", "warm"), location("gcs", "cold"));

  final Vertx vertx = Vertx.vertx();
  final Bus bus = new Bus(vertx);

  private final String mongoUrl;
  final String database;

  private CatalogNode(String mongoUrl, String database) {
    this.mongoUrl = mongoUrl;
    this.database = database;
  }

  /** Another node on the same catalog. */
  CatalogNode peer() {
    return start(mongoUrl, database).ready();
  }

  /** A node that was started, with a database of its own. */
  static CatalogNode start(String mongoUrl) {
    return start(mongoUrl, "test_" + CopyId.random().value());
  }

  /** A node that was started; whether the store is there it does not wait for. */
  static CatalogNode start(String mongoUrl, String database) {
    CatalogNode node = new CatalogNode(mongoUrl, database);
    NodeConfig config =
        new NodeConfig(
            "local",
            null,
            null,
            null,
            new NodeConfig.Mongo(Secret.of(mongoUrl), database),
            null,
            LOCATIONS,
            null,
            new NodeConfig.Collector(900_000, 1_000, 60_000, true, 3_600_000),
            null,
            null,
            null,
            null);
    NodeContext context =
        new NodeContext(
            node.vertx, node.bus, config, Clock.systemUTC(), null, null, null, List.of("catalog"));
    for (Deployable verticle : new CatalogRole().verticles(context)) {
      outcome(node.vertx.deployVerticle(verticle));
    }
    return node;
  }

  CatalogNode ready() {
    await().atMost(Duration.ofSeconds(20)).until(() -> status().connected());
    return this;
  }

  CatalogStatus status() {
    return ask(CatalogApi.STATUS, Done.DONE);
  }

  <Q, R> R ask(Address<Q, R> address, Q request) {
    return outcome(send(address, request));
  }

  <Q, R> Future<R> send(Address<Q, R> address, Q request) {
    return bus.request(address, request);
  }

  /** Opens the copy and makes it the file's only one. */
  FileRecord upload(FileRecord file) {
    Replica copy = file.replicas().get(0);
    ask(CatalogApi.OPEN_COPY, Samples.intent(file.id(), copy));
    return ask(CatalogApi.PLACE, new Place(file, 0, copy.copyId(), "new", 1_000)).file();
  }

  FileRecord upload(String fileId, String location) {
    Replica copy = Samples.replica(fileId, location, Samples.copyId());
    return upload(Samples.file(fileId, "c".repeat(32), copy));
  }

  /** Opens a copy at another location and lets it take the place of the present ones. */
  Future<FileReply> move(FileRecord file, String target) {
    Replica copy = Samples.replica(file.id(), target, Samples.copyId());
    return send(CatalogApi.OPEN_COPY, Samples.intent(file.id(), copy))
        .compose(
            opened ->
                send(
                    CatalogApi.PLACE,
                    new Place(
                        Samples.withCopies(file, copy),
                        file.version(),
                        copy.copyId(),
                        "moved",
                        1_000)));
  }

  @Override
  public void close() {
    outcome(vertx.close());
  }

  private static LocationConfig location(String id, String tier) {
    return new LocationConfig(
        id, null, null, "bucket", null, null, null, null, List.of(), tier, "region", 0, 0, 4);
  }
}
