package io.movingdata.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandLineTest {

  @Test
  void theDefaultsAreThoseOfTheComposeFile() throws Exception {
    StackOptions options = StackOptions.parse("all", "--data", "/d");
    assertThat(options.servers()).containsExactlyInAnyOrder(ServerKind.values());
    assertThat(options.data()).isEqualTo(Path.of("/d"));
    assertThat(options.host()).isEqualTo("127.0.0.1");
    assertThat(options.ports())
        .containsEntry(ServerKind.S3, 9000)
        .containsEntry(ServerKind.AZURITE, 10000)
        .containsEntry(ServerKind.GCS, 4443)
        .containsEntry(ServerKind.MONGO, 27017);
    assertThat(options.s3AccessKey()).isEqualTo("minio");
    assertThat(options.s3SecretKey()).isEqualTo("minio12345");
    assertThat(options.gcsAccess().isOpen()).isTrue();
    assertThat(options.azuriteDir()).isEqualTo(Path.of("azurite").toAbsolutePath());
  }

  @Test
  void whatIsGivenIsTaken() throws Exception {
    StackOptions options =
        StackOptions.parse(
            "s3",
            "mongo",
            "--data",
            "/d",
            "--host",
            "0.0.0.0",
            "--s3-port",
            "0",
            "--s3-access-key",
            "a",
            "--s3-secret-key",
            "b",
            "--gcs-token",
            "t",
            "--parent-pid",
            "12");
    assertThat(options.servers()).containsExactlyInAnyOrder(ServerKind.S3, ServerKind.MONGO);
    assertThat(options.host()).isEqualTo("0.0.0.0");
    assertThat(options.ports()).containsEntry(ServerKind.S3, 0);
    assertThat(options.s3AccessKey()).isEqualTo("a");
    assertThat(options.s3SecretKey()).isEqualTo("b");
    assertThat(options.gcsAccess().token()).contains("t");
    assertThat(options.parentPid()).contains(12L);
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                StackOptions.parse(
                    "s4",
                    "--hots",
                    "x",
                    "--s3-port",
                    "70000",
                    "--gcs-public-key",
                    "/none",
                    "--data"))
        .isInstanceOf(UsageException.class)
        .message()
        .contains(
            "unknown server s4",
            "unknown option --hots",
            "--s3-port must be a number from 0 to 65535, but is 70000",
            "--gcs-public-key is no RSA public key in PEM",
            "--data needs a value",
            "name at least one server",
            "--data DIR is missing");
  }

  @Test
  void twoServersCannotShareAPort() {
    assertThatThrownBy(() -> StackOptions.parse("all", "--data", "/d", "--gcs-port", "9000"))
        .hasMessageContaining("--s3-port and --gcs-port are both 9000");
  }

  @Test
  void secretsAreNotPrinted() throws Exception {
    StackOptions options =
        StackOptions.parse("all", "--data", "/d", "--s3-secret-key", "hush", "--gcs-token", "shh");
    assertThat(options + "" + options.gcsAccess()).doesNotContain("hush").doesNotContain("shh");
  }
}
