package io.movingdata.catalog;

import io.movingdata.catalog.store.MongoSettings;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.launch.NodeRole;
import io.vertx.core.Deployable;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** Offers the catalog to the launcher. */
public final class CatalogRole implements NodeRole {
  @Override
  public String name() {
    return "catalog";
  }

  @Override
  public int order() {
    return 20;
  }

  @Override
  public List<Deployable> verticles(NodeContext node) {
    JsonObject settings = MongoSettings.client(node.config().mongo());
    Duration tombstones = Duration.ofMillis(node.config().collector().tombstoneMs());
    return List.of(new CatalogVerticle(node, settings, Retention.withTombstones(tombstones)));
  }
}
