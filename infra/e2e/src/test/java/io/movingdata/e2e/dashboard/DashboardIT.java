package io.movingdata.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.testkit.process.RepositoryRoot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page in a real browser: it shows something, fits, can be used by all, and is quiet. */
class DashboardIT extends OnADashboard {
  private static final String AXE = "META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  @BeforeAll
  static void start() {
    system = LocalSystem.create("dashboard");
    node = system.node("a");
    assertThat(node.api().post("/seed", new JsonObject()).status()).isEqualTo(200);
    node.api().moveToEnd("file_001.txt", "gcs");
    node.api().moveToEnd("file_002.txt", "azure");
    node.awaitConsumer();
    JsonArray events = new JsonArray();
    for (int i = 0; i < 120; i++) {
      events.add(
          new JsonObject()
              .put("file_id", "file_00" + (1 + i % 6) + ".txt")
              .put("latency_ms", 20 + i * 3)
              .put("bytes_read", 10_000 + i)
              .put("client_id", "client-" + i % 7));
    }
    ingest(events);
    for (int i = 0; i < 30; i++) {
      node.api()
          .post(
              "/stream/event",
              new JsonObject()
                  .put("device_id", "rack-" + i % 3)
                  .put("temperature", i == 25 ? 80 : 20 + i % 4));
    }
  }

  private static Dashboard dashboard(int width, ColorScheme theme) {
    return new Dashboard(
        chromium.window(width, width < 500 ? 780 : 900, theme), node.api().base().toString());
  }

  static Stream<String> views() {
    return Stream.concat(
        Dashboard.PAGES.stream(),
        Stream.of(
            "files?file=file_002.txt",
            "moves?tab=history",
            "moves?tab=bulk",
            "stream?tab=sensors",
            "decisions?tab=whatif&file=file_001.txt",
            "decisions?tab=rules",
            "decisions?tab=model"));
  }

  private static String script() {
    try (InputStream in = DashboardIT.class.getClassLoader().getResourceAsStream(AXE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError("axe cannot be read", e);
    }
  }

  private static void picture(Page page, String view, String more) {
    Path folder = RepositoryRoot.find().resolve("infra/e2e/target/pictures");
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(folder.resolve(view.replaceAll("[^a-z0-9]+", "-") + "-" + more + ".png")));
  }

  /** What keeps somebody from using the page, as axe sees it: serious findings only. */
  private static List<String> barriers(Page page) {
    page.evaluate(script());
    Object found =
        page.evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations"
                + ".filter(v => ['serious', 'critical'].includes(v.impact))"
                + ".map(v => v.id + ': ' + v.nodes.map(n => n.target + ' ' + n.failureSummary)"
                + ".join('; ')))");
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }

  @ParameterizedTest
  @MethodSource("views")
  void aPageFitsAndHasNoBarrierInLightAndInDark(String view) {
    for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      String name = theme == ColorScheme.DARK ? "dark" : "light";
      Page page = dashboard(1440, theme).open(view).page();
      assertThat(barriers(page)).as(view + ", " + name).isEmpty();
      picture(page, view, name);
      page.context().close();
    }
    assertThat(chromium.complaints()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("views")
  void nothingHangsOverTheEdgeOfTheSmallestAndTheLargestScreen(String view) {
    for (int width : List.of(360, 768, 3840)) {
      Page page = dashboard(width, ColorScheme.LIGHT).open(view).page();
      Object over =
          page.evaluate(
              "(() => { const m = document.querySelector('main');"
                  + " return Math.max(document.documentElement.scrollWidth - innerWidth,"
                  + " m.scrollWidth - m.clientWidth); })()");
      assertThat(((Number) over).intValue()).as(view + " at " + width).isLessThanOrEqualTo(0);
      picture(page, view, Integer.toString(width));
      page.context().close();
    }
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void whatThePolicyForbidsIsNoticed() {
    Page page = dashboard(1440, ColorScheme.LIGHT).open("overview").page();
    page.evaluate(
        "document.body.insertAdjacentElement('beforeend',"
            + " Object.assign(document.createElement('img'), {src: 'http://127.0.0.1:1/x.png'}))");

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              page.waitForTimeout(50);
              assertThat(chromium.complaints()).anyMatch(text -> text.contains("Content Security"));
            });
    page.context().close();
    chromium.complaints();
  }
}
