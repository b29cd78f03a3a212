package io.movingdata.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.testkit.Contents;
import io.movingdata.testkit.mirror.ReferenceMirror;
import io.movingdata.testkit.net.FaultProxy;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people do on the dashboard to keep a system well really happens, and shows its result. */
class DashboardCareIT extends OnADashboard {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SLOW = "file_002.txt";

  /** The picker's window is the browser's own; the file behind its answer is a real one. */
  private static final String PICKER =
      """
      window.showSaveFilePicker = async ({suggestedName}) => {
        const folder = await navigator.storage.getDirectory();
        window.chosen = await folder.getFileHandle(suggestedName, {create: true});
        return window.chosen;
      };
      """;

  private static final String SHA_256 =
      """
      async () => {
        const bytes = await (await window.chosen.getFile()).arrayBuffer();
        const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
        return Array.from(sum, one => one.toString(16).padStart(2, '0')).join('');
      }
      """;

  private static Vertx vertx;
  private static FaultProxy google;
  private static ReferenceMirror mirror;
  private Dashboard dashboard;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    mirror = ReferenceMirror.start(file -> null);
    system =
        LocalSystem.create("dashboard-care")
            .with("MOVER_RETRY_BASE_MS", "60000")
            .with("CONSISTENCY_POLL_MS", "300")
            .with("REPLICA_ENDPOINTS", "[{\"name\": \"notes\", \"url\": \"" + mirror.url() + "\"}]")
            .with("REPLICA_ALLOW_PRIVATE", "1");
    google = outcome(FaultProxy.inFrontOf(vertx, system.endpoint("gcs")));
    node = system.with("GCS_ENDPOINT", google.endpoint().toString()).node("a");
    assertThat(node.api().post("/seed", new JsonObject()).status()).isEqualTo(200);
    readSlowly(SLOW);
  }

  @AfterAll
  static void stop() {
    if (mirror != null) {
      mirror.close();
      outcome(vertx.close());
    }
  }

  @BeforeEach
  void window() {
    google.heal();
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

  /** Sends a file to Google while that is away, and waits until the page says so. */
  private Locator waiting(String id) {
    google.refuse();
    google.reset();
    JsonObject move = new JsonObject().put("file_id", id).put("target", "gcs");
    assertThat(node.api().post("/move", move, "Prefer", "respond-async").status()).isEqualTo(202);
    dashboard.open("moves");
    Locator row =
        dashboard.page().locator(".move").filter(new Locator.FilterOptions().setHasText(id));
    assertThat(row).containsText("Waiting to try again");
    return row;
  }

  private static Locator button(Locator in, String name) {
    return in.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  /** Flips a bit of the only copy of a file, where it is stored. */
  private static void damage(String id) throws IOException {
    String key = file(id).getJsonArray("replicas").getJsonObject(0).getString("key");
    Path copy =
        system.storedAt("s3").stream().filter(path -> path.endsWith(key)).findFirst().orElseThrow();
    byte[] bytes = Files.readAllBytes(copy);
    bytes[bytes.length / 2] ^= 1;
    Files.write(copy, bytes);
  }

  @Test
  void aFileIsVerified() throws IOException {
    damage("file_008.txt");

    dashboard.open("files?file=file_001.txt").click("Verify");
    dashboard.told("Every copy of file_001.txt is intact");

    dashboard.open("files?file=file_008.txt").click("Verify");
    dashboard.told("file_008.txt could not be verified everywhere");
    assertThat(node.api().get("/consistency/findings").body()).contains("file_008.txt");
  }

  @Test
  void aMoveThatWaitsIsTriedAgainAtOnce() {
    Locator row = waiting("file_003.txt");
    google.heal();

    button(row, "Retry").click();

    dashboard.told("The move of file_003.txt is tried again");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> file("file_003.txt").getString("current_location").equals("gcs"));
    assertThat(row).hasCount(0);
  }

  @Test
  void aMoveThatWaitsIsCancelled() {
    Locator row = waiting("file_004.txt");

    button(row, "Cancel").click();
    dashboard.confirm("Cancel the move").told("The move of file_004.txt is being cancelled");

    google.heal();
    await()
        .atMost(SOON)
        .until(() -> node.api().get("/moves?file_id=file_004.txt").body().contains("\"aborted\""));
    assertThat(row).hasCount(0);
    assertThat(file("file_004.txt").getString("current_location")).isEqualTo("s3");
  }

  @Test
  void anAlertIsAcknowledged() {
    await()
        .atMost(SOON)
        .until(() -> node.api().get("/alerts?state=active").body().contains('"' + SLOW + '"'));
    Page page = dashboard.open("overview").page();
    Pattern name = Pattern.compile("Acknowledge .*" + SLOW);

    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).first().click();

    dashboard.told("Acknowledged");
    assertThat(node.api().get("/alerts?state=acknowledged").body()).contains(SLOW);
    assertThat(page.getByText("acknowledged", new Page.GetByTextOptions().setExact(true)).first())
        .isVisible();
  }

  @Test
  void manyFilesGetAReplica() {
    dashboard.open("moves").click("Move many files");
    dashboard.dialog().getByLabel("Name begins with").fill("file_01");
    dashboard.dialog().getByLabel("To").selectOption("azure");
    dashboard.dialog().getByLabel("Copy instead of move").check();
    dashboard.confirm("Plan");
    assertThat(dashboard.dialog()).containsText("Copy 10 files to azure");

    dashboard.confirm("Copy").told("The bulk move has begun");

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(file("file_010.txt").getJsonArray("replicas")).hasSize(2);
              assertThat(file("file_019.txt").getJsonArray("replicas")).hasSize(2);
            });
    assertThat(file("file_010.txt").getString("current_location")).isEqualTo("s3");
  }

  @Test
  void theCatalogIsBackedUp() {
    int before = node.api().get("/backups").array().size();
    dashboard.open("consistency").click("Back up now");

    dashboard.confirm("Begin").told("The backup has begun");

    await().atMost(SOON).until(() -> node.api().get("/backups").array().size() > before);
    Locator backups =
        dashboard
            .page()
            .getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName("Backups of the catalog"));
    assertThat(backups.locator("li").first()).containsText("Verified");
  }

  @Test
  void aModelIsTrained() {
    dashboard.open("decisions?tab=model").click("Train a model");

    dashboard.confirm("Train").told("is trained");

    assertThat(node.api().get("/models").json().getJsonArray("models").size()).isGreaterThan(1);
  }

  @Test
  void aMirrorIsToldAgain() {
    await().atMost(SOON).until(() -> mirror.files().containsKey("file_005.txt"));
    mirror.forget("file_005.txt");

    dashboard.open("consistency").click("Tell notes again").told("notes is told of what it lacks");

    await().atMost(SOON).until(() -> mirror.files().containsKey("file_005.txt"));
  }

  @Test
  void filesAreDroppedOnThePage() {
    Page page = dashboard.open("files").page();
    JSHandle dropped =
        page.evaluateHandle(
            "() => { const all = new DataTransfer();"
                + " all.items.add(new File(['d'.repeat(3000000)], 'dropped.txt'));"
                + " return all; }");
    Locator area = page.locator("section[aria-label=Files]");
    area.dispatchEvent("dragover", Map.of("dataTransfer", dropped));
    assertThat(area).hasClass(Pattern.compile("drop"));

    area.dispatchEvent("drop", Map.of("dataTransfer", dropped));
    dashboard.confirm("Upload").told("dropped.txt is stored at s3");

    assertThat(page.getByLabel("Progress of dropped.txt")).hasAttribute("max", "100");
    assertThat(page.getByLabel("Progress of dropped.txt")).hasJSProperty("value", 100);
    assertThat(node.api().download("dropped.txt").body()).hasSize(3_000_000).containsOnly('d');
  }

  @Test
  void aDownloadGoesOutWithTheChosenRoles() throws IOException {
    dashboard.open("overview");
    dashboard.page().getByLabel("On whose behalf").first().click();
    dashboard.dialog().getByLabel("Roles").fill("operations");
    dashboard.confirm("Use these roles");
    node.api().moveToEnd("file_006.txt", "azure");

    dashboard.open("files?file=file_006.txt");
    Locator link =
        dashboard.page().getByText("Download", new Page.GetByTextOptions().setExact(true));
    Download got = dashboard.page().waitForDownload(link::click);
    assertThat(Files.readAllBytes(got.path()))
        .isEqualTo(node.api().download("file_006.txt").body());
    assertThat(got.suggestedFilename()).isEqualTo("file_006.txt");

    dashboard.open("files?file=file_007.txt");
    link.click();
    assertThat(dashboard.page().locator(".toast.bad")).containsText("Trace");
    assertThat(chromium.complaints()).isNotEmpty().allMatch(text -> text.contains("403"));
  }

  @Test
  void aLargeFileIsWrittenToTheDiskAsItComes() {
    byte[] content = Contents.bytes(1, 65 << 20);
    assertThat(node.api().upload("large.bin", content).status()).isEqualTo(201);
    dashboard.page().addInitScript(PICKER);
    dashboard.open("overview");
    dashboard.page().getByLabel("On whose behalf").first().click();
    dashboard.dialog().getByLabel("Roles").fill("analytics");
    dashboard.confirm("Use these roles");

    dashboard.open("files?file=large.bin");
    dashboard.page().getByText("Download", new Page.GetByTextOptions().setExact(true)).click();

    dashboard.told("large.bin is downloaded");
    assertThat(dashboard.page().evaluate(SHA_256)).isEqualTo(file("large.bin").getString("sha256"));
  }
}
