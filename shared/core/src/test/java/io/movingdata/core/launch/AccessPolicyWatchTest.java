package io.movingdata.core.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.Outcome;
import io.movingdata.core.config.ConfigLoader;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.security.AccessPolicy;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessPolicyWatchTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private Path file;
  private AccessPolicyWatch watch;

  @BeforeEach
  void startWithAuditorsOnS3() throws IOException {
    file = folder.resolve("policy.json");
    write("auditor");
    NodeConfig config =
        ConfigLoader.load(
                Path.of("../../conf"),
                Map.of("PROFILE", "local", "ACCESS_POLICY_FILE", file.toString()))
            .config();
    watch = new AccessPolicyWatch(config);
  }

  @AfterEach
  void close() {
    Outcome.of(vertx.close());
  }

  private void write(String role) throws IOException {
    Files.writeString(file, "{\"locations\":{\"s3\":{\"allowed_roles\":[\"" + role + "\"]}}}");
  }

  private void awaitRole(String role) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(watch.get().allowedRoles("s3")).containsExactly(role));
  }

  @Test
  void theFileOverridesTheConfiguredRolesFromTheStartAndLeavesTheOthers() {
    assertThat(watch.get()).isEqualTo(AccessPolicy.defaults());
    Outcome.of(watch.start(vertx));
    assertThat(watch.get().allowedRoles("s3")).containsExactly("auditor");
    assertThat(watch.get().allowedRoles("gcs"))
        .isEqualTo(AccessPolicy.defaults().allowedRoles("gcs"));
  }

  @Test
  void aChangeCountsWithoutARestart() throws IOException {
    Outcome.of(watch.start(vertx));
    write("surgeon");
    awaitRole("surgeon");
  }

  @Test
  void aBadFileOrNoneLeavesTheLastGoodPolicyInForceUntilItIsGoodAgain() throws IOException {
    Outcome.of(watch.start(vertx));
    AccessPolicy good = watch.get();
    Files.writeString(file, "{\"locations\":{\"s3\":{\"allowed_roles\":[\"surg");
    await()
        .during(Duration.ofMillis(2_500))
        .atMost(Duration.ofSeconds(10))
        .until(() -> watch.get().equals(good));
    Files.delete(file);
    await()
        .during(Duration.ofMillis(1_500))
        .atMost(Duration.ofSeconds(10))
        .until(() -> watch.get().equals(good));
    write("surgeon");
    awaitRole("surgeon");
  }

  @Test
  void aNodeDoesNotStartOnABadFile() throws IOException {
    Files.writeString(file, "{\"locations\":{\"s5\":{\"allowed_roles\":[]}}}");
    assertThatThrownBy(() -> Outcome.of(watch.start(vertx)))
        .hasMessageContaining("locations.s5 is not a configured location");
  }

  @Test
  void withoutAFileTheConfigurationCounts() {
    NodeConfig config =
        ConfigLoader.load(
                Path.of("../../conf"), Map.of("PROFILE", "local", "GCS_ALLOWED_ROLES", "judge"))
            .config();
    AccessPolicyWatch plain = new AccessPolicyWatch(config);
    Outcome.of(plain.start(vertx));
    assertThat(plain.get().allowedRoles("gcs")).isEqualTo(List.of("judge"));
  }
}
