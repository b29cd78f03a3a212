package io.movingdata.simulator.load;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.FileRecord;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The files that synthetic load uses. */
public final class Subjects {
  private static final int MOST = 500;
  private static final Map<String, Double> LATENCY_MS =
      Map.of("hot", 25.0, "warm", 60.0, "cold", 140.0);
  private static final double OTHER_LATENCY_MS = 50;

  private final Bus bus;
  private final NodeConfig config;

  public Subjects(NodeContext node) {
    this.bus = node.bus();
    this.config = node.config();
  }

  /** The files that were changed last. */
  public Future<List<LoadModel.Subject>> newest() {
    return bus.request(
            CatalogApi.LIST_FILES,
            new CatalogApi.FileQuery(null, null, null, "-updated", MOST, null, false))
        .map(page -> page.files().stream().map(this::subject).toList());
  }

  private LoadModel.Subject subject(FileRecord file) {
    return subject(file.id(), file.primary(), file.sizeBytes());
  }

  private LoadModel.Subject subject(String id, String location, long bytes) {
    String tier = config.location(location).map(place -> place.tier()).orElse("");
    return new LoadModel.Subject(id, bytes, LATENCY_MS.getOrDefault(tier, OTHER_LATENCY_MS));
  }

  /** These files; fails where one does not exist. */
  public Future<List<LoadModel.Subject>> named(List<String> ids) {
    if (ids.size() > MOST) {
      throw MovingDataException.invalid("file_ids", "must be at most " + MOST);
    }
    ids.forEach(FileIds::require);
    return bus.request(InsightApi.PLACEMENTS, new InsightApi.FileIdList(ids))
        .map(
            found -> {
              List<LoadModel.Subject> subjects =
                  found.files().stream()
                      .map(file -> subject(file.fileId(), file.primary(), file.sizeBytes()))
                      .toList();
              if (subjects.size() < ids.stream().distinct().count()) {
                String missing =
                    ids.stream()
                        .filter(id -> subjects.stream().noneMatch(s -> s.fileId().equals(id)))
                        .collect(Collectors.joining(", "));
                throw MovingDataException.of(
                    ErrorCode.OBJECT_NOT_FOUND, "there is no file " + missing);
              }
              return subjects;
            });
  }
}
