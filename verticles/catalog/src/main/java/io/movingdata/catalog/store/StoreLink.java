package io.movingdata.catalog.store;

import io.movingdata.core.contract.CatalogApi.CatalogStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The connection to the store: made in the background, probed every second, and prepared (schema,
 * indexes) each time the store comes back. Nobody ever waits for it.
 */
public final class StoreLink {
  private static final long PROBE_MS = 1_000;
  private static final long PING_MS = 3_500;
  private static final JsonObject PING = new JsonObject().put("ping", 1);

  private final Vertx vertx;
  private final JsonObject settings;
  private final SchemaGuard schema;
  private final boolean readOnly;
  private final StoreGate gate = new StoreGate();
  private final DocumentStore store;
  private final DocumentStore unguarded;
  private MongoClient client;
  private boolean probing;
  private boolean closed;
  private long timer;

  /** A link that is not open yet; {@code settings} as {@link MongoSettings} makes them. */
  public StoreLink(Vertx vertx, JsonObject settings, SchemaGuard schema) {
    this(vertx, settings, schema, false);
  }

  /** One that is only read, where asked for: it makes neither schema nor indexes. */
  public StoreLink(Vertx vertx, JsonObject settings, SchemaGuard schema, boolean readOnly) {
    this.vertx = vertx;
    this.settings = settings;
    this.schema = schema;
    this.readOnly = readOnly;
    MongoDocumentStore mongo = new MongoDocumentStore(() -> client, gate);
    BatchingStore batching = new BatchingStore(mongo, new MongoBatches(mongo));
    this.store = readOnly ? new ReadOnlyStore(batching) : batching;
    this.unguarded = new MongoDocumentStore(() -> client, StoreGate.alwaysOpen());
  }

  /** The store; its operations fail at once while it is away. */
  public DocumentStore store() {
    return store;
  }

  /** Starts connecting, on the caller's context. */
  public void open() {
    timer = vertx.setPeriodic(0, PROBE_MS, tick -> probe());
  }

  /** Stops probing and closes the connection. */
  public Future<Void> close() {
    vertx.cancelTimer(timer);
    closed = true;
    gate.shut("the node is stopping");
    return client == null ? Future.succeededFuture() : client.close();
  }

  /** Whether the store answers now; never fails. */
  public Future<CatalogStatus> status() {
    if (!gate.isOpen()) {
      return Future.succeededFuture(new CatalogStatus(false, -1, schema.current(), gate.detail()));
    }
    long asked = System.nanoTime();
    return ping()
        .map(
            pong -> {
              long latency = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
              return new CatalogStatus(true, latency, schema.current(), "");
            })
        .otherwise(
            failure -> {
              if (busy(failure)) {
                long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
                return new CatalogStatus(true, waited, schema.current(), "");
              }
              gate.shut(reason(failure));
              return new CatalogStatus(false, -1, schema.current(), gate.detail());
            });
  }

  private void probe() {
    if (probing || (gate.isOpen() && gate.answeredWithin(PROBE_MS))) {
      return;
    }
    probing = true;
    connect()
        .compose(connected -> ping())
        .compose(pong -> gate.isOpen() ? Future.succeededFuture() : prepare())
        .onComplete(
            answer -> {
              probing = false;
              if (closed) {
                return;
              }
              if (answer.succeeded()) {
                gate.open();
              } else if (!busy(answer.cause())) {
                gate.shut(reason(answer.cause()));
              }
            });
  }

  /** Whether a ping only waited too long behind others, which are answered. */
  private boolean busy(Throwable failure) {
    return (failure instanceof TimeoutException || MongoErrors.poolExhausted(failure))
        && gate.isOpen()
        && gate.answeredWithin(PROBE_MS);
  }

  private Future<Void> prepare() {
    return readOnly
        ? schema.require(unguarded)
        : schema.prepare(unguarded).compose(done -> Indexes.ensure(unguarded));
  }

  private Future<Void> connect() {
    if (client != null) {
      return Future.succeededFuture();
    }
    // An SRV address is looked up while the client is made, which blocks.
    return vertx
        .executeBlocking(() -> MongoClient.create(vertx, settings))
        .compose(
            made -> {
              client = made;
              return closed ? made.close() : Future.succeededFuture();
            });
  }

  private Future<JsonObject> ping() {
    return client.runCommand("ping", PING).timeout(PING_MS, TimeUnit.MILLISECONDS);
  }

  private static String reason(Throwable failure) {
    return failure instanceof TimeoutException
        ? "the metadata store does not answer"
        : MongoErrors.translate(failure, false).getMessage();
  }
}
