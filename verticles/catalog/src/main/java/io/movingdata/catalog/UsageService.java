package io.movingdata.catalog;

import io.movingdata.core.contract.CatalogApi.LocationUsage;
import io.movingdata.core.contract.CatalogApi.Usage;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What each location holds: counted by the store, and not more than once in five seconds. */
final class UsageService {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final FileRepository files;
  private Future<Usage> last;
  private long countedAt;

  UsageService(FileRepository files) {
    this.files = files;
  }

  /** Carries out {@code CatalogApi.USAGE}. */
  Future<Usage> usage() {
    boolean stale = last == null || last.failed() || System.nanoTime() - countedAt > FRESH_NANOS;
    if (stale) {
      countedAt = System.nanoTime();
      Future<List<JsonObject>> primaries = files.byPrimary();
      Future<List<JsonObject>> copies = files.byCopy();
      last = Future.all(primaries, copies).map(both -> joined(primaries.result(), copies.result()));
    }
    return last;
  }

  static Usage joined(List<JsonObject> primaries, List<JsonObject> copies) {
    Map<String, LocationUsage> byLocation = new TreeMap<>();
    long files = 0;
    long bytes = 0;
    for (JsonObject primary : primaries) {
      String location = primary.getString("_id");
      long count = primary.getLong("files");
      files += count;
      bytes += primary.getLong("bytes");
      byLocation.put(location, new LocationUsage(location, count, 0, 0));
    }
    for (JsonObject copy : copies) {
      String location = copy.getString("_id");
      LocationUsage known = byLocation.get(location);
      byLocation.put(
          location,
          new LocationUsage(
              location,
              known == null ? 0 : known.primaryFiles(),
              copy.getLong("copies"),
              copy.getLong("bytes")));
    }
    return new Usage(new ArrayList<>(byLocation.values()), files, bytes);
  }
}
