package io.movingdata.catalog;

import io.movingdata.core.contract.CatalogApi.LocationUsage;
import io.movingdata.core.contract.CatalogApi.Usage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what each location holds. */
final class UsageTally {
  private final Map<String, Sum> byLocation = new TreeMap<>();
  private long files;
  private long bytes;

  private static final class Sum {
    private long primaries;
    private long copies;
    private long stored;
    private String oldest;
  }

  /** Adds a file: its {@code primary}, {@code size_bytes}, and its {@code replicas}. */
  void add(JsonObject file) {
    files++;
    bytes += file.getLong("size_bytes");
    at(file.getString("primary")).primaries++;
    JsonArray replicas = file.getJsonArray("replicas");
    for (int i = 0; i < replicas.size(); i++) {
      JsonObject copy = replicas.getJsonObject(i);
      Sum sum = at(copy.getString("location"));
      sum.copies++;
      sum.stored += copy.getLong("bytes");
      String verified = copy.getString("verified_at");
      if ("verified".equals(copy.getString("state"))
          && verified != null
          && (sum.oldest == null || verified.compareTo(sum.oldest) < 0)) {
        sum.oldest = verified;
      }
    }
  }

  private Sum at(String location) {
    return byLocation.computeIfAbsent(location, first -> new Sum());
  }

  /** What was added. */
  Usage usage() {
    List<LocationUsage> locations =
        byLocation.entrySet().stream()
            .map(
                one -> {
                  Sum sum = one.getValue();
                  return new LocationUsage(
                      one.getKey(),
                      sum.primaries,
                      sum.copies,
                      sum.stored,
                      sum.oldest == null ? null : Instant.parse(sum.oldest));
                })
            .toList();
    return new Usage(locations, files, bytes);
  }
}
