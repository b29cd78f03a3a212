package io.movingdata.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** Moves through the REST API. A load is uploaded once and moves from one location to the next. */
final class OurSide {
  private static final int UPLOADERS = 8;

  private final Api api;
  private final SourceFiles files;
  private final Map<String, String> locations = new HashMap<>();

  OurSide(Api api, SourceFiles files) {
    this.api = api;
    this.files = files;
  }

  /** Makes sure that a load is stored at a location. */
  void bring(Load load, String location) {
    String now = locations.get(load.name());
    if (now == null) {
      upload(load, location);
      locations.put(load.name(), location);
    } else if (!now.equals(location)) {
      move(load, location);
    }
  }

  private void upload(Load load, String location) {
    ExecutorService threads = Executors.newFixedThreadPool(UPLOADERS);
    try {
      List<CompletableFuture<Void>> uploads = new ArrayList<>();
      for (int i = 0; i < load.count(); i++) {
        int index = i;
        uploads.add(
            CompletableFuture.runAsync(
                () -> api.upload(fileId(load, index), files.file(load, index), location), threads));
      }
      uploads.forEach(CompletableFuture::join);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Moves a whole load: one object by itself, more by a job. */
  void move(Load load, String target) {
    if (load.count() == 1) {
      api.move(fileId(load, 0), target);
    } else {
      awaitJob(api.startJob(load.name() + "/", target), load.count());
    }
    locations.put(load.name(), target);
  }

  private void awaitJob(String jobId, int count) {
    AtomicReference<JsonNode> job = new AtomicReference<>();
    Awaitility.await("the job")
        .atMost(Duration.ofHours(1))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              job.set(api.job(jobId));
              return !job.get().path("state").asText().equals("running");
            });
    if (job.get().path("done").asInt() != count) {
      throw new IllegalStateException("not all " + count + " objects moved: " + job.get());
    }
  }

  /** Moves a load's objects one after another; what each took, in ms. */
  List<Double> moveSingly(Load load, String target) {
    List<Double> took = new ArrayList<>();
    for (int i = 0; i < load.count(); i++) {
      long start = System.nanoTime();
      api.move(fileId(load, i), target);
      took.add((System.nanoTime() - start) / 1e6);
    }
    locations.put(load.name(), target);
    return took;
  }

  private static String fileId(Load load, int index) {
    return load.name() + "/" + load.object(index);
  }
}
