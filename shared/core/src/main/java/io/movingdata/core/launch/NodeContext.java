package io.movingdata.core.launch;

import io.micrometer.core.instrument.MeterRegistry;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.security.AccessPolicy;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What every role of a node is given.
 *
 * @param vertx the node's Vert.x
 * @param bus its bus
 * @param config its configuration
 * @param clock its clock, for what is recorded; never for safety
 * @param meters its metrics
 * @param cpu worker pool with a thread per core, for ciphers and digests
 * @param policy the access policy in force now
 * @param roles names of the roles that run here
 * @param nanoTime its monotonic time in nanoseconds, for what it holds against others
 * @param random for waits and orders that shall differ from node to node; never for secrets
 */
public record NodeContext(
    Vertx vertx,
    Bus bus,
    NodeConfig config,
    Clock clock,
    MeterRegistry meters,
    WorkerExecutor cpu,
    Supplier<AccessPolicy> policy,
    List<String> roles,
    LongSupplier nanoTime,
    Random random) {

  /** A node in real time. */
  public NodeContext(
      Vertx vertx,
      Bus bus,
      NodeConfig config,
      Clock clock,
      MeterRegistry meters,
      WorkerExecutor cpu,
      Supplier<AccessPolicy> policy,
      List<String> roles) {
    this(vertx, bus, config, clock, meters, cpu, policy, roles, System::nanoTime, new Random());
  }
}
