package io.movingdata.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.movingdata.e2e.harness.LocalSystem;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What people do on the dashboard really happens, is asked for once, and shows its result. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardActionsIT extends OnADashboard {
  private Dashboard dashboard;

  @BeforeAll
  static void start() {
    system = LocalSystem.create("dashboard-actions");
    node = system.node("a");
  }

  @BeforeEach
  void window() {
    dashboard = dashboard();
  }

  @AfterEach
  void quiet() {
    dashboard.page().context().close();
    assertThat(chromium.complaints()).isEmpty();
  }

  private static JsonObject file(String id) {
    return node.api().file(id);
  }

  @Test
  @Order(1)
  void anEmptySystemExplainsTheFirstStep() {
    dashboard.open("overview").shows("This system is empty");

    dashboard.click("Load the sample files").told("24 sample files loaded");

    assertThat(dashboard.page().locator("main")).not().containsText("This system is empty");
    assertThat(node.api().get("/files?limit=1").header("X-Total-Count")).isEqualTo("24");
  }

  @Test
  @Order(2)
  void aFileIsMovedCopiedAndDeletedInTheDrawer() {
    dashboard.open("files");
    dashboard.page().getByText("file_003.txt", new Page.GetByTextOptions().setExact(true)).click();
    Locator drawer = dashboard.page().locator(".drawer");
    assertThat(drawer).containsText("Where it belongs");

    dashboard.click("Move");
    dashboard.dialog().getByLabel("To").selectOption("azure");
    dashboard.confirm("Move").told("file_003.txt is at azure");
    assertThat(file("file_003.txt").getString("current_location")).isEqualTo("azure");
    assertThat(drawer).containsText("azure, ");

    dashboard.click("Copy");
    dashboard.dialog().getByLabel("To").selectOption("gcs");
    dashboard.confirm("Copy").told("copied to gcs");
    assertThat(file("file_003.txt").getJsonArray("replicas")).hasSize(2);

    dashboard.click("Remove the copy at gcs").confirm("Remove").told("is removed");
    assertThat(file("file_003.txt").getJsonArray("replicas")).hasSize(1);

    dashboard.click("Delete").confirm("Cancel");
    assertThat(node.api().get("/files/file_003.txt").status()).isEqualTo(200);
    dashboard.click("Delete").confirm("Delete").told("file_003.txt is deleted");
    assertThat(node.api().get("/files/file_003.txt").status()).isEqualTo(404);
    assertThat(drawer).hasCount(0);
  }

  @Test
  @Order(3)
  void aFileIsUploadedWithProgress() {
    dashboard.open("files");
    byte[] content = "from the browser".repeat(5_000).getBytes(StandardCharsets.UTF_8);

    dashboard
        .page()
        .locator("input[type=file]")
        .setInputFiles(new FilePayload("browser.txt", "text/plain", content));
    dashboard.dialog().getByLabel("To").selectOption("gcs");
    dashboard.dialog().getByLabel("Folder").fill("from/here");
    dashboard.confirm("Upload").told("from/here/browser.txt is stored at gcs");

    assertThat(node.api().download("from/here/browser.txt").body()).isEqualTo(content);
    assertThat(dashboard.row("from/here/browser.txt")).isVisible();
  }

  @Test
  @Order(4)
  void manyFilesAreMovedAfterAPlan() {
    dashboard.open("moves").click("Move many files").confirm("Plan");
    assertThat(dashboard.dialog()).containsText("Say at least one thing");

    dashboard.dialog().getByLabel("Name begins with").fill("file_01");
    dashboard.dialog().getByLabel("To").selectOption("azure");
    dashboard.confirm("Plan");
    assertThat(dashboard.dialog()).containsText("Move 10 files to azure");
    assertThat(dashboard.dialog()).containsText("Transfer cost");
    dashboard.confirm("Move").told("The bulk move has begun");

    dashboard.open("files?location=azure&q=file_01");
    assertThat(dashboard.page().locator("main tbody tr")).hasCount(10);
    dashboard.open("moves?tab=bulk");
    assertThat(dashboard.page().locator("main")).containsText("10 of 10 done");
  }

  @Test
  @Order(5)
  void theAddressHoldsTheFilters() {
    dashboard.open("files");
    dashboard.page().getByLabel("Search by name").fill("file_02");
    assertThat(dashboard.page().locator("main tbody tr")).hasCount(5);
    assertThat(dashboard.page()).hasURL(Pattern.compile(".*#/files\\?q=file_02"));

    dashboard.page().reload();
    assertThat(dashboard.page().getByLabel("Search by name")).hasValue("file_02");
    assertThat(dashboard.page().locator("main tbody tr")).hasCount(5);
  }

  @Test
  @Order(6)
  void aRefusalShowsItsTextAndItsTrace() {
    dashboard.open("overview");
    dashboard.page().getByLabel("On whose behalf", new Page.GetByLabelOptions()).first().click();
    dashboard.dialog().getByLabel("Roles").fill("operations");
    dashboard.confirm("Use these roles");

    dashboard.open("files?file=file_001.txt").click("Move");
    dashboard.dialog().getByLabel("To").selectOption("gcs");
    dashboard.confirm("Move");

    Locator refusal = dashboard.page().locator(".toast.bad");
    assertThat(refusal).containsText("Trace");
    assertThat(file("file_001.txt").getString("current_location")).isEqualTo("s3");
    assertThat(chromium.complaints()).allMatch(text -> text.contains("403"));
  }

  @Test
  @Order(7)
  void rulesAreCheckedTriedAndPutInForce() {
    dashboard.open("decisions?tab=rules");
    Locator latency = dashboard.page().getByLabel("Slowest reads accepted, ms");
    latency.fill("-1");
    assertThat(dashboard.button("Put in force")).isDisabled();
    latency.fill("150");
    dashboard.click("Preview what would change").shows("files were tried");

    dashboard.click("Put in force").told("The rules are in force");

    assertThat(node.api().get("/rules").json().getDouble("slo_latency_p95_ms")).isEqualTo(150);
  }

  @Test
  @Order(8)
  void theAutopilotAsksBeforeItMovesByItself() {
    dashboard.open("decisions").click("Move by itself").confirm("Cancel");
    assertThat(node.api().get("/autopilot").json().getString("mode")).isEqualTo("advise");

    dashboard.click("Move by itself").confirm("Let it").told("move by itself");
    assertThat(node.api().get("/autopilot").json().getString("mode")).isEqualTo("auto");
    dashboard.click("Off").told("off");
  }

  @Test
  @Order(9)
  void whatIfAnswersWhileASliderMoves() {
    dashboard.open("decisions?tab=whatif");
    dashboard.page().getByLabel("Hot minutes of the last ten").fill("8");

    assertThat(dashboard.page().locator(".verdict")).containsText("by rule");
    assertThat(dashboard.page().locator(".verdict .tier")).hasText("hot");
  }

  @Test
  @Order(10)
  void aBurstRunsAndIsSeenOnTheStream() {
    dashboard.open("simulator");
    dashboard.page().getByLabel("Wait between events, ms").fill("1");
    dashboard.page().getByLabel("Move a file for every 50 events").uncheck();
    dashboard.click("Run the burst").told("The burst has begun");
    assertThat(dashboard.page().locator(".move .state.good").first()).hasText("Done");

    dashboard.open("stream");
    assertThat(dashboard.page().locator(".feed tbody tr").first()).isVisible();
    dashboard.open("simulator").click("Switch on").told("is on").click("Switch off").told("is off");
  }

  @Test
  @Order(11)
  void aReadingIsSentToTheSandbox() {
    dashboard.open("stream?tab=sensors");
    dashboard.page().getByLabel("Device").fill("oven-1");
    dashboard.page().getByLabel("Temperature, °C").fill("180");
    dashboard.click("Send").told("oven-1 told 180");

    assertThat(dashboard.row("oven-1")).isVisible();
  }

  @Test
  @Order(12)
  void aPassComparesEveryCopy() {
    Page page = dashboard.open("consistency").page();
    Pattern begin = Pattern.compile("(Begin|Run) a pass");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(begin)).first().click();
    dashboard.confirm("Begin").told("The pass has begun");

    assertThat(dashboard.page().locator("main")).containsText("In sync");
  }

  @Test
  @Order(13)
  void theAuditTrailIsSearchedAndExported() {
    dashboard.open("audit?file_id=file_003.txt");
    assertThat(dashboard.row("Move done").first()).isVisible();

    String name =
        dashboard.page().waitForDownload(() -> dashboard.click("Export CSV")).suggestedFilename();

    assertThat(name).startsWith("audit-").endsWith(".csv");
    dashboard.told("entries exported");
  }

  @Test
  @Order(14)
  void theKeyboardAloneIsEnough() {
    Page page = dashboard.open("files").page();
    page.keyboard().press("Tab");
    assertThat(page.getByText("Skip to the content")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("main")).isFocused();

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("file_001.txt")).focus();
    page.keyboard().press("Enter");
    assertThat(page.locator(".drawer h2")).isFocused();
    page.keyboard().press("Escape");
    assertThat(page.locator(".drawer")).hasCount(0);
  }

  @Test
  @Order(15)
  void everythingThatIsStuckIsTriedAgainAtOnce() throws IOException {
    List<String> ids = List.of("file_004.txt", "file_005.txt");
    flipLastBytes(ids);
    for (String id : ids) {
      JsonObject move = new JsonObject().put("file_id", id).put("target", "azure");
      assertThat(node.api().post("/move", move, "Prefer", "respond-async").status()).isEqualTo(202);
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> stuck() == ids.size());
    flipLastBytes(ids);

    dashboard.open("overview").shows("2 moves are stuck");
    dashboard.page().getByLabel("Look at Stuck moves").click();
    dashboard.click("Retry all");
    assertThat(dashboard.dialog()).containsText("2 × corrupt object");
    dashboard.confirm("Try again").told("2 moves are tried again");

    await().atMost(Duration.ofMinutes(1)).until(() -> stuck() == 0);
    for (String id : ids) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> file(id).getString("current_location").equals("azure"));
    }
    dashboard.shows("Nothing is stuck.");
  }

  @Test
  @Order(16)
  void aLatencyIncidentIsSeenHandledAndRecorded() {
    String slow = "file_006.txt";
    node.api().moveToEnd(slow, "gcs");
    readSlowly(slow);

    Locator alert =
        dashboard
            .open("overview")
            .page()
            .locator("main li")
            .filter(new Locator.FilterOptions().setHasText("more than 180"))
            .filter(new Locator.FilterOptions().setHasText(slow));
    assertThat(alert).containsText("Latency");

    dashboard.open("files?tier=cold");
    dashboard.page().getByText(slow, new Page.GetByTextOptions().setExact(true)).click();
    dashboard.click("Move");
    dashboard.dialog().getByLabel("To").selectOption("s3");
    dashboard.confirm("Move").told(slow + " is at s3");
    assertThat(file(slow).getString("current_location")).isEqualTo("s3");

    dashboard.open("overview");
    alert.getByRole(AriaRole.BUTTON).click();
    dashboard.told("Acknowledged");

    dashboard.open("audit?file_id=" + slow);
    assertThat(dashboard.row("Move done").first()).isVisible();
  }

  private static int stuck() {
    return node.api().get("/moves?state=stuck").array().size();
  }

  /** Damages their copies at S3; doing it once more mends them. */
  private static void flipLastBytes(List<String> ids) throws IOException {
    for (String id : ids) {
      String key = file(id).getJsonArray("replicas").getJsonObject(0).getString("key");
      for (Path stored : system.storedAt("s3")) {
        if (stored.getFileName().toString().equals(key)) {
          byte[] bytes = Files.readAllBytes(stored);
          bytes[bytes.length - 1] ^= 1;
          Files.write(stored, bytes);
        }
      }
    }
  }
}
