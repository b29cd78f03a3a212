package io.movingdata.e2e.dashboard;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.options.ColorScheme;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests in a real browser, on the page of one node; each class starts a system of its own. */
abstract class OnADashboard {
  static Chromium chromium;
  static LocalSystem system;
  static NodeProcess node;

  @BeforeAll
  static void startBrowser() {
    chromium = null;
    system = null;
    node = null;
    chromium = Chromium.start();
  }

  @AfterAll
  static void stopAll() {
    if (system != null) {
      system.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  /** The page in a window of its own. */
  static Dashboard dashboard() {
    return new Dashboard(
        chromium.window(1440, 900, ColorScheme.LIGHT), node.api().base().toString());
  }

  /** Tells that a file is read slowly, which raises an alert. */
  static void readSlowly(String fileId) {
    JsonArray events = new JsonArray();
    for (int i = 0; i < 30; i++) {
      events.add(
          new JsonObject().put("file_id", fileId).put("latency_ms", 900).put("bytes_read", 1_000));
    }
    ingest(events);
  }

  /** Tells of accesses, once the broker is there to take them. */
  static void ingest(JsonArray events) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                node.api()
                        .call(
                            "POST",
                            "/ingest_event",
                            BodyPublishers.ofString(events.encode()),
                            "Content-Type",
                            "application/json")
                        .status()
                    == 200);
  }
}
