package io.movingdata.e2e.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The browser that is installed on this machine, and what it complains of. */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final double PATIENCE_MS = 60_000;

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new ArrayList<>();

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts it; the test is skipped, aloud, where there is none. */
  static Chromium start() {
    Optional<Path> executable = installed();
    if (executable.isEmpty()) {
      System.err.println(
          "\n*** SKIPPED: the dashboard is not tested, since no Chromium is installed"
              + " (apt-get install chromium) ***\n");
    }
    Assumptions.assumeTrue(executable.isPresent(), "no Chromium is installed");
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable.get())
                    .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
    return new Chromium(playwright, browser);
  }

  private static Optional<Path> installed() {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin");
    return Stream.of(path.split(":", -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A window of its own, with nothing remembered. */
  Page window(int width, int height, ColorScheme theme) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(theme));
    context.setDefaultTimeout(PATIENCE_MS);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add("error at " + message.location() + ": " + message.text());
          }
        });
    page.onPageError(error -> complaints.add("failure: " + error));
    return page;
  }

  /**
   * Does something, and answers with how much of the processor each task of pages took meanwhile.
   * That says how long a page stands still on a machine that has nothing else to do.
   */
  Figures tasks(Page page, Runnable during) {
    browser.startTracing(
        page,
        new Browser.StartTracingOptions()
            .setCategories(List.of("disabled-by-default-devtools.timeline", "__metadata")));
    byte[] trace;
    try {
      during.run();
    } finally {
      trace = browser.stopTracing();
    }
    List<JsonObject> events =
        new JsonObject(Buffer.buffer(trace))
            .getJsonArray("traceEvents").stream().map(JsonObject.class::cast).toList();
    Set<String> pages =
        events.stream()
            .filter(e -> "thread_name".equals(e.getString("name")))
            .filter(e -> "CrRendererMain".equals(e.getJsonObject("args").getString("name")))
            .map(Chromium::thread)
            .collect(Collectors.toSet());
    Figures tasks = new Figures();
    events.stream()
        .filter(e -> "RunTask".equals(e.getString("name")) && e.containsKey("tdur"))
        .filter(e -> pages.contains(thread(e)))
        .forEach(e -> tasks.add(e.getDouble("tdur") / 1_000));
    return tasks;
  }

  private static String thread(JsonObject event) {
    return event.getInteger("pid") + "/" + event.getInteger("tid");
  }

  /** Errors and violations of the security policy since the last call. */
  List<String> complaints() {
    List<String> told = List.copyOf(complaints);
    complaints.clear();
    return told;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
