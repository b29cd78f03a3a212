package io.movingdata.core.config;

import static io.movingdata.core.config.Configs.KEY_A;
import static io.movingdata.core.config.Configs.KEY_B;
import static io.movingdata.core.config.Configs.production;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.Outcome;
import io.movingdata.core.json.Json;
import io.movingdata.core.launch.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is shown of a configuration. */
class EffectiveConfigTest {
  @TempDir Path folder;

  private Map<String, String> environment() throws Exception {
    return production(
        ServiceAccounts.write(folder),
        "MONGO_URL",
        "mongodb://mover:mongo-password@mongo.internal:27017/?replicaSet=rs0",
        "S3_SESSION_TOKEN",
        "token-of-a-session",
        "HTTP_PORT",
        "0",
        "NODE_ID",
        "node-7");
  }

  private static List<String> secrets(NodeConfig config) {
    LocationConfig s3 = config.requireLocation("s3");
    return List.of(
        KEY_A,
        KEY_B,
        "mongo-password",
        s3.s3().secretKey().reveal(),
        s3.s3().sessionToken().reveal(),
        config.requireLocation("azure").azure().accountKey().reveal(),
        config.requireLocation("gcs").gcs().privateKeyPem().reveal().substring(40, 80));
  }

  @Test
  void everyValueIsShownWithItsSource() throws Exception {
    JsonNode shown = ConfigLoader.load(Configs.CONF, environment()).effective();
    assertThat(shown.at("/http/port").intValue()).isZero();
    assertThat(shown.at("/sources/http.port").asText()).isEqualTo("env:HTTP_PORT");
    assertThat(shown.at("/http/host").asText()).isEqualTo("127.0.0.1");
    assertThat(shown.at("/sources/http.host").asText()).isEqualTo("file:default.json");
    assertThat(shown.at("/locations/0/secret_key").asText()).isEqualTo("[hidden]");
    assertThat(shown.at("/sources/locations.s3.secret_key").asText())
        .isEqualTo("env:S3_SECRET_KEY");
    assertThat(shown.at("/locations/2/encryption_key")).hasSize(2);
    assertThat(shown.at("/locations/2/encryption_key/0").asText()).matches("[0-9a-f]{16}");
    assertThat(shown.at("/mongo/url").asText())
        .isEqualTo("mongodb://[hidden]@mongo.internal:27017/");
  }

  @Test
  void noSecretIsInAnyFormOfTheConfigurationThatCanBePrinted() throws Exception {
    LoadedConfig loaded = ConfigLoader.load(Configs.CONF, environment());
    String printed =
        loaded
            + Json.toBuffer(loaded.effective()).toString()
            + Json.toBuffer(loaded.config().mongo())
            + Json.toBuffer(loaded.config().requireLocation("s3").s3())
            + Json.toBuffer(loaded.config().requireLocation("azure").azure())
            + Json.toBuffer(loaded.config().requireLocation("gcs").gcs());
    assertThat(printed).contains("node-7", "AKIAEXAMPLE");
    assertThat(secrets(loaded.config())).allSatisfy(s -> assertThat(printed).doesNotContain(s));
  }

  @Test
  void noSecretIsLoggedWhileANodeStartsAndStops() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger ours = (Logger) LoggerFactory.getLogger("io.movingdata");
    ListAppender<ILoggingEvent> captured = new ListAppender<>();
    captured.start();
    root.addAppender(captured);
    Level before = ours.getLevel();
    ours.setLevel(Level.TRACE);
    NodeConfig config = ConfigLoader.load(Configs.CONF, environment()).config();
    try {
      Outcome.of(Outcome.of(Node.start(config, List.of())).stop());
    } finally {
      ours.setLevel(before);
      root.detachAppender(captured);
    }
    List<String> lines =
        List.copyOf(captured.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("node node-7 starts"));
    assertThat(secrets(config))
        .allSatisfy(secret -> assertThat(lines).noneMatch(line -> line.contains(secret)));
  }

  @Test
  void theTableOfVariablesKnowsEveryVariableOfTheDossierOnceAndNoSecret() {
    String table = VariableTable.markdown(Configs.CONF);
    assertThat(table)
        .contains("| `S3_BUCKET` | `netapp-bucket` |")
        .contains("| `ALERT_LATENCY_P95_MS` | `180` |")
        .contains("`AZURITE_BLOB_URL`")
        .contains("`GOOGLE_APPLICATION_CREDENTIALS`")
        .doesNotContain(KEY_A)
        .doesNotContain("bm90IHNlY3JldC")
        .doesNotContain("minio12345")
        .doesNotContain("null");
    List<String> names =
        table
            .lines()
            .skip(2)
            .map(row -> row.substring(row.indexOf('`') + 1, row.indexOf('`', 4)))
            .toList();
    assertThat(names).doesNotHaveDuplicates();
    assertThat(names)
        .contains(
            "KAFKA_BOOTSTRAP",
            "TOPIC_ACCESS",
            "TOPIC_MOVES",
            "MONGO_URL",
            "S3_ENDPOINT",
            "S3_ACCESS_KEY",
            "S3_SECRET_KEY",
            "S3_SESSION_TOKEN",
            "S3_SSE_KMS_KEY",
            "AZURE_CONTAINER",
            "AZURE_ACCOUNT",
            "AZURE_ACCOUNT_KEY",
            "AZURE_STORAGE_CONNECTION_STRING",
            "GCS_ENDPOINT",
            "GCS_BUCKET",
            "GCS_CREDENTIALS_FILE",
            "ENABLE_SYNTHETIC_LOAD",
            "ALERT_COST_THRESHOLD",
            "ALERT_STREAM_EVENTS_PER_MIN",
            "ALERT_CONFIDENCE_THRESHOLD",
            "S3_ENCRYPTION_KEY",
            "AZURE_ENCRYPTION_KEY",
            "GCS_ENCRYPTION_KEY",
            "S3_ALLOWED_ROLES",
            "AZURE_ALLOWED_ROLES",
            "GCS_ALLOWED_ROLES",
            "LOCATIONS");
  }
}
