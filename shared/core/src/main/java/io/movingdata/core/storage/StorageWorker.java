package io.movingdata.core.storage;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Registration;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.security.TokenSeal;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Serves one location's {@link StorageApi} on top of its {@link ObjectStore}, at the location's
 * address and at one of its own. Starting asks nothing of the provider.
 */
public final class StorageWorker extends VerticleBase {
  private static final int CHECKS_PER_IDLE_TIME = 4;

  private final Bus bus;
  private final String location;
  private final TokenSeal seal;
  private final ObjectStore store;
  private final WorkerLimits limits;
  private final List<Registration> registrations = new ArrayList<>();
  private SessionService sessions;
  private ProviderGate gate;

  /** A worker that owns the store: it closes it when it stops. */
  public StorageWorker(
      Bus bus, String location, TokenSeal seal, ObjectStore store, WorkerLimits limits) {
    this.bus = bus;
    this.location = location;
    this.seal = seal;
    this.store = store;
    this.limits = limits;
  }

  /** A worker for a configured location, with the usual limits. */
  public static StorageWorker of(Bus bus, LocationConfig location, ObjectStore store) {
    TokenSeal seal = new TokenSeal(location.id(), location.sealSecret());
    return new StorageWorker(bus, location.id(), seal, store, WorkerLimits.standard());
  }

  @Override
  public Future<?> start() {
    String instance = StorageApi.address(location, UUID.randomUUID().toString());
    gate = new ProviderGate(vertx, location, store::probe, ProviderGate.Timing.USUAL);
    ObjectStore gated = new GatedStore(store, gate);
    sessions = new SessionService(instance, gated, new ResumeTokens(seal), limits);
    StorageVerbs verbs = new StorageVerbs(new StorageService(location, gated), sessions);
    gate.start();
    long period = Math.max(1, limits.idle().toMillis() / CHECKS_PER_IDLE_TIME);
    vertx.setPeriodic(period, timer -> sessions.closeIdle());
    return serve(instance, verbs).compose(v -> serve(StorageApi.address(location), verbs));
  }

  private Future<Void> serve(String address, StorageVerbs verbs) {
    return bus.serveReplies(address, verbs::answer).onSuccess(registrations::add).mapEmpty();
  }

  @Override
  public Future<?> stop() {
    gate.stop();
    return Future.join(registrations.stream().map(Registration::close).toList())
        .eventually(() -> sessions.closeAll())
        .eventually(store::close);
  }
}
