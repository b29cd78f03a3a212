package io.movingdata.gateway.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.LocationUsage;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Routes;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** {@code /locations}: what is configured, whether it answers, and what it holds. */
public final class LocationsEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long FRESH_NANOS = 5_000_000_000L;

  private final NodeContext node;
  private final Bus bus;
  private final HealthService health;
  private CatalogApi.Usage usage;
  private long usageNanos;

  public LocationsEndpoint(NodeContext node, HealthService health) {
    this.node = node;
    this.bus = node.bus();
    this.health = health;
  }

  /** Binds the operation. */
  public void bind(Routes routes) {
    routes.bind(Operation.LIST_LOCATIONS, this::list);
  }

  private Future<Answer> list(Call call) {
    call.noQuery();
    return usage().map(used -> Answer.json(200, view(used)));
  }

  /** Counted anew every few seconds only, since it reads every file; empty while it cannot be. */
  private Future<Optional<CatalogApi.Usage>> usage() {
    if (usage != null && System.nanoTime() - usageNanos < FRESH_NANOS) {
      return Future.succeededFuture(Optional.of(usage));
    }
    return bus.request(CatalogApi.USAGE, Done.DONE, PATIENCE)
        .map(
            counted -> {
              usage = counted;
              usageNanos = System.nanoTime();
              return Optional.of(counted);
            })
        .otherwise(Optional.empty());
  }

  private ArrayNode view(Optional<CatalogApi.Usage> used) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (LocationConfig location : node.config().locations()) {
      all.add(view(location, used));
    }
    return all;
  }

  private ObjectNode view(LocationConfig location, Optional<CatalogApi.Usage> used) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("id", location.id());
    view.put("provider", location.provider().wire());
    view.put("bucket", location.bucket());
    view.put("tier", location.tier());
    view.put("cloud_region", location.cloudRegion());
    view.setAll(HealthView.of(health.board().location(location.id())));
    ArrayNode roles = view.putArray("allowed_roles");
    node.policy().get().allowedRoles(location.id()).forEach(roles::add);
    view.put("key_id", location.keyring().encryptionKey().keyId());
    view.put("storage_cost_per_gb", location.storagePerGbMonth());
    view.put("egress_cost_per_gb", location.egressPerGb());
    Optional<LocationUsage> here =
        used.map(
            usages ->
                usages.locations().stream()
                    .filter(u -> u.location().equals(location.id()))
                    .findFirst()
                    .orElse(new LocationUsage(location.id(), 0, 0, 0)));
    view.put("files", here.map(LocationUsage::primaryFiles).orElse(null));
    view.put("copies", here.map(LocationUsage::copies).orElse(null));
    view.put("bytes", here.map(LocationUsage::storedBytes).orElse(null));
    return view;
  }
}
