package io.movingdata.e2e.dashboard;

import com.microsoft.playwright.options.ColorScheme;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
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
}
