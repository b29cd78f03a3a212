package io.movingdata.predictor.serve;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.FileRecord;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** The files that there are, as they are used now. */
final class LiveFiles {
  private static final int PAGE = 500;

  private final Bus bus;
  private final Clock clock;
  private final NodeConfig config;

  /** A file with what is known of it; {@code insight} null where nothing was heard. */
  record Known(FileRecord file, FileInsight insight, FileFeatures features) {}

  LiveFiles(NodeContext node) {
    this.bus = node.bus();
    this.clock = node.clock();
    this.config = node.config();
  }

  /** At most so many; {@code read} is told how many there are so far, and may throw to end it. */
  Future<List<Known>> read(int most, IntConsumer read) {
    List<Known> all = new ArrayList<>();
    return page(null, most, all, read).map(all);
  }

  private Future<Void> page(String cursor, int most, List<Known> into, IntConsumer read) {
    read.accept(into.size());
    CatalogApi.FileQuery query =
        new CatalogApi.FileQuery(null, null, null, "id", Math.min(PAGE, most), cursor, false);
    return bus.request(CatalogApi.LIST_FILES, query)
        .compose(
            page ->
                known(page.files())
                    .compose(
                        found -> {
                          into.addAll(found);
                          return page.next() == null || into.size() >= most
                              ? Future.succeededFuture()
                              : page(page.next(), most, into, read);
                        }));
  }

  private Future<List<Known>> known(List<FileRecord> files) {
    List<String> ids = files.stream().map(FileRecord::id).toList();
    return bus.request(InsightApi.GET_INSIGHTS, new InsightApi.FileIdList(ids))
        .map(
            found -> {
              Map<String, FileInsight> insights = new HashMap<>();
              found.files().forEach(one -> insights.put(one.fileId(), one));
              return files.stream()
                  .filter(file -> config.location(file.primary()).isPresent())
                  .map(file -> known(file, insights.get(file.id())))
                  .toList();
            });
  }

  private Known known(FileRecord file, FileInsight insight) {
    LocationConfig here = config.requireLocation(file.primary());
    return new Known(file, insight, FileFeatures.of(file, insight, here, clock.instant()));
  }

  /** The tier of a location, null where it is not configured any more. */
  String tierOf(String location) {
    return config.location(location).map(LocationConfig::tier).orElse(null);
  }
}
