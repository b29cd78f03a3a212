package io.movingdata.catalog;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.core.contract.CatalogApi.LocationUsage;
import io.movingdata.core.contract.CatalogApi.Usage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file is counted once, however many pages there are. */
class UsageServiceTest {
  private static JsonObject copy(String location) {
    return new JsonObject()
        .put("location", location)
        .put("bytes", 3L)
        .put("state", "verified")
        .put("verified_at", DocumentLayout.time(Samples.NOW));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1_000, 1_001, 2_500})
  void everyFileIsCountedOnce(int files) {
    MemoryStore store = new MemoryStore();
    for (int i = 0; i < files; i++) {
      JsonArray copies = new JsonArray().add(copy("s3")).add(copy("gcs"));
      JsonObject file = new JsonObject().put("_id", "f" + i).put("deleted", i % 10 == 9);
      store.insert(
          "files", file.put("primary", "s3").put("size_bytes", 2L).put("replicas", copies));
    }
    int there = files - files / 10;

    Usage usage = outcome(new UsageService(new FileRepository(store, Clock.systemUTC())).usage());

    assertThat(usage.files()).isEqualTo(there);
    assertThat(usage.bytes()).isEqualTo(2L * there);
    if (files > 0) {
      assertThat(usage.locations())
          .containsExactly(
              new LocationUsage("gcs", 0, there, 3L * there, Samples.NOW),
              new LocationUsage("s3", there, there, 3L * there, Samples.NOW));
    }
  }
}
