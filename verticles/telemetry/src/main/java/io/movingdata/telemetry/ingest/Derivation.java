package io.movingdata.telemetry.ingest;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.AccessEvent;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is derived of an event on its way in: what the bytes read cost in egress from where the file
 * is, and whether the temperature is too high. Where the file cannot be found out about, the
 * dearest location is assumed.
 */
public final class Derivation {
  private static final double GIB = 1024.0 * 1024 * 1024;
  private static final int KNOWN_FILES = 50_000;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String NOWHERE = "";

  private final Bus bus;
  private final NodeConfig config;
  private final Map<String, String> places =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > KNOWN_FILES;
        }
      };

  public Derivation(NodeContext node) {
    this.bus = node.bus();
    this.config = node.config();
  }

  /** A file is elsewhere now. */
  public void moved(Events.FileEvent event) {
    places.remove(event.fileId());
  }

  Future<List<AccessEvent>> derive(List<AccessEvent> events) {
    Set<String> unknown = new LinkedHashSet<>();
    for (AccessEvent event : events) {
      if (event.bytesRead() > 0
          && event.egressCost() == null
          && !places.containsKey(event.fileId())) {
        unknown.add(event.fileId());
      }
    }
    return lookUp(new ArrayList<>(unknown)).map(done -> events.stream().map(this::one).toList());
  }

  private Future<Void> lookUp(List<String> unknown) {
    List<Future<Void>> pages = new ArrayList<>();
    for (int from = 0; from < unknown.size(); from += InsightApi.MOST) {
      List<String> page = unknown.subList(from, Math.min(unknown.size(), from + InsightApi.MOST));
      pages.add(
          bus.request(InsightApi.PLACEMENTS, new InsightApi.FileIdList(page), PATIENCE)
              .<Void>map(
                  found -> {
                    page.forEach(id -> places.put(id, NOWHERE));
                    found.files().forEach(file -> places.put(file.fileId(), file.primary()));
                    return null;
                  })
              .otherwiseEmpty());
    }
    return Future.all(pages).mapEmpty();
  }

  private AccessEvent one(AccessEvent event) {
    boolean hot =
        event.highTempAlert()
            || (event.temperature() != null
                && event.temperature() >= config.alerts().temperatureC());
    double cost = event.egressCost() == null ? estimate(event) : event.egressCost();
    return event.derived(cost, hot);
  }

  private double estimate(AccessEvent event) {
    double perGb =
        config
            .location(places.getOrDefault(event.fileId(), NOWHERE))
            .map(LocationConfig::egressPerGb)
            .orElseGet(this::dearest);
    return event.bytesRead() / GIB * perGb;
  }

  private double dearest() {
    return config.locations().stream().mapToDouble(LocationConfig::egressPerGb).max().orElse(0);
  }
}
