package io.movingdata.gateway.files;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.CatalogApi.FileQuery;
import io.movingdata.gateway.http.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** From the parameters of {@code GET /files} to the catalog's query. */
final class FileQueries {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST = 1_000;
  private static final Set<String> SORTS =
      new TreeSet<>(Set.of("id", "-id", "size", "-size", "updated", "-updated"));

  private FileQueries() {}

  static FileQuery of(Query query, NodeConfig config) {
    List<String> locations = query.texts("location");
    List<String> tiers = query.texts("tier");
    String q = query.text("q");
    String sort = query.text("sort");
    int limit = query.number("limit", 1, MOST, DEFAULT_LIMIT);
    String cursor = query.text("cursor");
    if (sort != null && !SORTS.contains(sort)) {
      query.refuse("sort", "must be one of " + SORTS);
    }
    for (String location : locations) {
      if (config.location(location).isEmpty()) {
        query.refuse("location", "is not configured; known are " + ids(config));
      }
    }
    query.check();
    return new FileQuery(null, chosen(locations, tiers, config), q, sort, limit, cursor, true);
  }

  /** The locations meant, null for all. */
  private static List<String> chosen(
      List<String> locations, List<String> tiers, NodeConfig config) {
    if (tiers.isEmpty()) {
      return locations.isEmpty() ? null : locations;
    }
    List<String> ofTier = new ArrayList<>();
    for (LocationConfig location : config.locations()) {
      boolean named = locations.isEmpty() || locations.contains(location.id());
      if (named && tiers.contains(location.tier())) {
        ofTier.add(location.id());
      }
    }
    return ofTier;
  }

  private static List<String> ids(NodeConfig config) {
    return config.locations().stream().map(LocationConfig::id).toList();
  }
}
