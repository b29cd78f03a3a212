package io.movingdata.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.movingdata.e2e.harness.LocalSystem;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A thousand events a second on a page that is open: it stays quick, and its memory flat. The
 * events are made inside the browser, in place of those of the gateway.
 */
class EventFloodIT extends OnADashboard {
  private static final int SECONDS = Integer.getInteger("flood.seconds", 10);
  private static final String VIEW = System.getProperty("flood.page", "stream");
  private static final double MEGABYTE = 1024 * 1024;

  private static final int TRACED_MS = 5_000;

  /** Of the processor, and 99 of 100 tasks. */
  private static final double TASK_MS = 100;

  private static final double MOST_GROWTH_MB = 20;

  /** Moves, files and figures of the stream mixed, as many as are due since the beginning. */
  private static final String FLOOD =
      """
      window.tasks = [];
      new PerformanceObserver(l => l.getEntries()
        .forEach(e => window.tasks.push([e.startTime, e.duration]))).observe({type: 'longtask'});
      window.told = 0;
      window.EventSource = class extends EventTarget {
        static OPEN = 1;
        static CLOSED = 2;
        constructor() {
          super();
          this.readyState = 1;
          setTimeout(() => this.onopen());
          const begun = performance.now();
          let sent = 0;
          this.timer = setInterval(() => {
            for (; sent < performance.now() - begun; sent++) this.tell(sent);
          }, 10);
        }
        close() { clearInterval(this.timer); }
        tell(n) {
          const kind = n % 10 < 6 ? 'move' : n % 10 < 8 ? 'file' : 'stream';
          const data = JSON.stringify(this[kind](n));
          this.dispatchEvent(new MessageEvent(kind, {data, lastEventId: String(n)}));
          window.told++;
        }
        move(n) {
          const id = Math.floor(n / 100) * 7 + n % 7;
          return {move_id: 'm' + id, file_id: 'f' + id, kind: 'move', from: 's3', to: 'gcs',
            state: n % 100 > 90 ? 'done' : 'copying', bytes_done: n % 100 * 1e6, bytes_total: 1e8,
            percent: n % 100, rate: 5e6, created_at: new Date().toISOString()};
        }
        file(n) {
          return {file_id: 'f' + n, version: n, change: 'placed', primary: 's3'};
        }
        stream(n) {
          const at = new Date().toISOString();
          const latest = [0, 1, 2].map(i => ({event_id: n + '-' + i, file_id: 'f' + (n + i) % 99,
            event: 'read', ts: at, client_id: 'c' + i, bytes_read: 1000, latency_ms: n % 300,
            success: true}));
          return {node_id: 'n' + n % 2, producer_ready: true, consumer_ready: true,
            partitions: [{partition: 0, lag: n % 50, offset: n}], events: n, per_minute: 60000,
            clients: 3, dead_letters: 0, duplicates: 0, latest, at};
        }
      };
      """;

  @BeforeAll
  static void start() {
    system = LocalSystem.create("event-flood").optimised();
    node = system.node("a");
  }

  @Test
  void aThousandEventsASecondLeaveThePageQuickAndItsMemoryFlat() {
    Page page = chromium.window(1440, 900, ColorScheme.LIGHT);
    page.addInitScript(FLOOD);
    new Dashboard(page, node.api().base().toString()).open(VIEW);
    page.waitForTimeout(5_000);
    CDPSession devtools = page.context().newCDPSession(page);
    double before = heap(devtools);
    double from = number(page.evaluate("window.tasks.length = 0, performance.now()"));
    double told = number(page.evaluate("window.told"));

    page.waitForTimeout(SECONDS * 1_000.0);

    double seconds = (number(page.evaluate("performance.now()")) - from) / 1_000;
    double rate = (number(page.evaluate("window.told")) - told) / seconds;
    double[] longest = new double[(int) Math.ceil(seconds)];
    for (Object task : (List<?>) page.evaluate("window.tasks")) {
      double at = (number(((List<?>) task).get(0)) - from) / 1_000;
      int second = (int) Math.min(longest.length - 1.0, Math.max(0, at));
      longest[second] = Math.max(longest[second], number(((List<?>) task).get(1)));
    }
    Figures tasks = new Figures();
    for (double one : longest) {
      tasks.add(one);
    }
    double after = heap(devtools);
    Figures busy = chromium.tasks(page, () -> page.waitForTimeout(TRACED_MS));
    System.out.printf(
        "page %s, %.0f s of %.0f events a second: longest task of each second %s; processor time"
            + " of a task at the end %s; heap %.1f MB, then %.1f MB%n",
        VIEW, seconds, rate, tasks, busy, before, after);
    assertThat(rate).isGreaterThan(900);
    assertThat(busy.at(0.99)).isLessThan(TASK_MS);
    assertThat(after - before).isLessThan(MOST_GROWTH_MB);
    page.context().close();
    assertThat(chromium.complaints()).isEmpty();
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  /** What is in use after everything that is not was collected, MB. */
  private static double heap(CDPSession devtools) {
    JsonObject collected = devtools.send("HeapProfiler.collectGarbage");
    assertThat(collected).isNotNull();
    return devtools.send("Runtime.getHeapUsage").get("usedSize").getAsDouble() / MEGABYTE;
  }
}
