package io.movingdata.core.bus;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.shareddata.LocalMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks itself over the bus every few seconds. A partition or a restart can make the cluster forget
 * who listens where while the node looks well; then the question finds no one. It goes through the
 * cluster's registry on purpose, where {@link Bus} would take the short way.
 */
public final class BusProbe {
  private static final Logger LOG = LoggerFactory.getLogger(BusProbe.class);
  private static final String RESULT = "movingdata.bus-probe";
  private static final long INTERVAL_MS = 5_000;
  private static final long TIMEOUT_MS = 3_000;
  private static final int MISSES_ALLOWED = 2;

  private final Vertx vertx;
  private final String address;
  private int misses;

  /** A probe of one node's bus; {@code nodeId} is unique in the cluster. */
  public BusProbe(Vertx vertx, String nodeId) {
    this.vertx = vertx;
    this.address = "movingdata.node." + nodeId + ".probe";
  }

  /**
   * Begins to ask, until the Vert.x closes; the gauge {@code movingdata_bus_healthy} is 1 while
   * answers come.
   *
   * @return completes when the whole cluster knows the address
   */
  public Future<Void> start(MeterRegistry meters) {
    Gauge.builder("movingdata.bus.healthy", vertx, v -> healthy(v) ? 1 : 0)
        .description("1 while this node reaches itself over the bus")
        .register(meters);
    return vertx
        .eventBus()
        .<Buffer>consumer(address, message -> message.reply(message.body()))
        .completion()
        .onSuccess(known -> vertx.setPeriodic(INTERVAL_MS, timer -> ask()));
  }

  /** Whether the bus of this Vert.x works as far as is known: part of a node's readiness. */
  public static boolean healthy(Vertx vertx) {
    return results(vertx).getOrDefault(RESULT, true);
  }

  private void ask() {
    vertx
        .eventBus()
        .request(address, Buffer.buffer(), new DeliveryOptions().setSendTimeout(TIMEOUT_MS))
        .onComplete(answer -> heard(), failure -> missed(failure));
  }

  private void heard() {
    if (!healthy(vertx)) {
      LOG.info("the bus reaches this node again");
    }
    misses = 0;
    results(vertx).put(RESULT, true);
  }

  private void missed(Throwable failure) {
    misses++;
    if (misses > MISSES_ALLOWED && healthy(vertx)) {
      LOG.error("the bus does not reach this node: {}", failure.getMessage());
      results(vertx).put(RESULT, false);
    }
  }

  private static LocalMap<String, Boolean> results(Vertx vertx) {
    return vertx.sharedData().getLocalMap(RESULT);
  }
}
