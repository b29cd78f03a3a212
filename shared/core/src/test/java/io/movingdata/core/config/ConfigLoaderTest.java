package io.movingdata.core.config;

import static io.movingdata.core.config.Configs.KEY_A;
import static io.movingdata.core.config.Configs.KEY_B;
import static io.movingdata.core.config.Configs.load;
import static io.movingdata.core.config.Configs.local;
import static io.movingdata.core.config.Configs.production;
import static io.movingdata.core.config.Configs.refusal;
import static io.movingdata.core.config.Configs.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.security.AccessPolicy;
import io.movingdata.core.security.Keyring;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  @TempDir Path folder;

  @Test
  void theLocalProfileNeedsNothingElse() {
    NodeConfig config = load(local());
    assertThat(config.local()).isTrue();
    assertThat(config.locations())
        .extracting(LocationConfig::id)
        .containsExactly("s3", "azure", "gcs");
    assertThat(config.node().syntheticLoad()).isTrue();
    assertThat(config.node().id()).isNotBlank();
    assertThat(config.http().host()).isEqualTo("127.0.0.1");
    assertThat(config.http().port()).isEqualTo(8001);
    assertThat(config.access().mode()).isEqualTo("open");
    assertThat(config.requireLocation("s3").s3().sseKmsKey()).isNull();
    assertThat(config.requireLocation("gcs").gcs().clientEmail()).isNull();
    assertThat(config.requireLocation("s3").keyring().source()).isEqualTo("file:local.json (demo)");
    assertThat(warnings(local())).isEmpty();
  }

  @Test
  void productionRefusesToStartWithoutKeysAndCredentialsAndNamesEachVariable() {
    ConfigException refusal = refusal(Map.of());
    assertThat(refusal.faults())
        .extracting(ConfigFault::where)
        .containsExactlyInAnyOrder(
            "S3_ACCESS_KEY",
            "S3_SECRET_KEY",
            "S3_ENCRYPTION_KEY",
            "AZURE_ACCOUNT",
            "AZURE_ACCOUNT_KEY",
            "AZURE_ENCRYPTION_KEY",
            "GCS_CREDENTIALS_FILE",
            "GCS_ENCRYPTION_KEY");
    refusal.faults().forEach(fault -> assertThat(refusal).hasMessageContaining(fault.toString()));
  }

  @Test
  void productionStartsWithTheDossiersDefaultsAndKeysOfItsOwn() throws Exception {
    NodeConfig config = load(production(ServiceAccounts.write(folder)));
    assertThat(config.local()).isFalse();
    assertThat(config.node().syntheticLoad()).isFalse();
    assertThat(config.access().mode()).isEqualTo("required");
    assertThat(config.mongo().url().reveal()).isEqualTo("mongodb://mongo:27017");
    assertThat(config.kafka())
        .isEqualTo(new NodeConfig.Kafka("redpanda:9092", "access-events", "move-events"));
    assertThat(config.alerts()).isEqualTo(new NodeConfig.Alerts(0.08, 180, 15, 0.9, 75));
    LocationConfig s3 = config.requireLocation("s3");
    assertThat(s3.endpoint()).isEqualTo(URI.create("http://minio:9000"));
    assertThat(s3.bucket()).isEqualTo("netapp-bucket");
    assertThat(s3.s3().sseKmsKey()).isEqualTo("netapp-key");
    assertThat(s3.tier()).isEqualTo("hot");
    LocationConfig azure = config.requireLocation("azure");
    assertThat(azure.endpoint()).isEqualTo(URI.create("http://azurite:10000/devstoreaccount1"));
    assertThat(azure.bucket()).isEqualTo("netapp-blob");
    assertThat(azure.tier()).isEqualTo("warm");
    LocationConfig gcs = config.requireLocation("gcs");
    assertThat(gcs.endpoint()).isEqualTo(URI.create("http://fakegcs:4443"));
    assertThat(gcs.bucket()).isEqualTo("netapp-gcs");
    assertThat(gcs.tier()).isEqualTo("cold");
    assertThat(gcs.gcs().projectId()).isEqualTo("project-of-the-file");
    assertThat(gcs.keyring().keyIds()).hasSize(2);
    assertThat(gcs.keyring().source()).isEqualTo("env:GCS_ENCRYPTION_KEY");
    for (LocationConfig location : config.locations()) {
      assertThat(location.allowedRoles()).isEqualTo(AccessPolicy.DEFAULT_ROLES.get(location.id()));
    }
  }

  @Test
  void aVariableWinsOverBothFiles() {
    NodeConfig config =
        load(
            local(
                "HTTP_PORT", "0",
                "ENABLE_SYNTHETIC_LOAD", "off",
                "NODE_ROLES", "mover, gateway",
                "ALERT_COST_THRESHOLD", "0.5",
                "COLLECT_VERIFY", "light",
                "S3_ALLOWED_ROLES", "a, b,a",
                "S3_ENCRYPTION_KEY", KEY_B + " , " + KEY_A,
                "AZURE_CONTAINER", "other-container"));
    assertThat(config.http().port()).isZero();
    assertThat(config.node().syntheticLoad()).isFalse();
    assertThat(config.node().roles()).containsExactly("mover", "gateway");
    assertThat(config.alerts().costThreshold()).isEqualTo(0.5);
    assertThat(config.collector().deepVerify()).isFalse();
    assertThat(config.requireLocation("s3").allowedRoles()).containsExactly("a", "b");
    assertThat(config.requireLocation("s3").keyring().keyIds())
        .isEqualTo(Keyring.parse(KEY_B + "," + KEY_A, "test").keyIds());
    assertThat(config.requireLocation("azure").bucket()).isEqualTo("other-container");
  }

  @Test
  void anEmptyVariableCountsAsAbsentAndTakesAwayWhatIsOptional() throws Exception {
    NodeConfig config =
        load(
            production(
                ServiceAccounts.write(folder),
                "S3_SSE_KMS_KEY",
                "",
                "HTTP_PORT",
                "",
                "NODE_ID",
                ""));
    assertThat(config.requireLocation("s3").s3().sseKmsKey()).isNull();
    assertThat(config.http().port()).isEqualTo(8001);
    assertThat(config.node().id()).isNotBlank();
  }

  @Test
  void twoNodesThatAreNotNamedHaveDifferentNames() {
    assertThat(load(local()).node().id()).isNotEqualTo(load(local()).node().id());
  }

  @Test
  void everyFaultIsInTheOneMessageWithVariableProblemAndRemedy() {
    ConfigException refusal =
        refusal(
            local(
                "HTTP_PORT", "70000",
                "NODE_ROLES", "moover",
                "COLLECT_VERIFY", "sometimes",
                "S3_ENDPOINT", "minio:9000"));
    assertThat(refusal.faults()).hasSize(4);
    assertThat(refusal)
        .hasMessageContaining("4 faults")
        .hasMessageContaining(
            "HTTP_PORT: is \"70000\", not a whole number from 0 to 65535;"
                + " set HTTP_PORT or http.port to a whole number from 0 to 65535")
        .hasMessageContaining("NODE_ROLES: names the unknown role \"moover\"; known are all, mover")
        .hasMessageContaining("COLLECT_VERIFY: is \"sometimes\", not deep or light")
        .hasMessageContaining("S3_ENDPOINT: is \"minio:9000\", not an http or https address");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NODE_ID|with blank",
        "NODE_ROLES|,",
        "ENABLE_SYNTHETIC_LOAD|maybe",
        "HTTP_HOST|http://0.0.0.0",
        "HTTP_PORT|-1",
        "HTTP_PORT|8001.5",
        "MANAGEMENT_PORT|-2",
        "MANAGEMENT_PORT|8001",
        "MAX_OBJECT_BYTES|0",
        "MAX_OBJECT_BYTES|600000000000",
        "CLUSTER_NAME|a b",
        "CLUSTER_MEMBERS|host:port",
        "MONGO_URL|http://mongo",
        "MONGO_URL|mongodb://",
        "MONGO_URL|mongodb://m:1/?tls=true&tlsInsecure=true",
        "MONGO_URL|mongodb://m:1/?tlsAllowInvalidHostnames=true",
        "MONGO_URL|mongodb://m:1/?sslInvalidHostNameAllowed=true",
        "MONGO_DATABASE|a.b",
        "KAFKA_BOOTSTRAP|redpanda",
        "TOPIC_ACCESS|a b",
        "MOVER_LEASE_MS|10",
        "MOVER_RETRY_CAP_MS|100",
        "MOVER_PARALLELISM|0",
        "AUTH_MODE|none",
        "ACCESS_POLICY_FILE|/nowhere/policy.json",
        "ALERT_CONFIDENCE_THRESHOLD|90",
        "ALERT_LATENCY_P95_MS|NaN",
        "S3_ENDPOINT|https://user:password@host",
        "S3_ENDPOINT|ftp://host",
        "S3_BUCKET|UPPER",
        "S3_BUCKET|ab",
        "AZURE_CONTAINER|double--dash",
        "AZURE_ACCOUNT_KEY|not base64!",
        "GCS_BUCKET|a/b",
        "GCS_CREDENTIALS_FILE|/nowhere/account.json",
        "S3_ENCRYPTION_KEY|short",
        "GCS_ALLOWED_ROLES|system,not a role",
        "S3_REGION|US EAST",
        "S3_PATH_STYLE|2",
      })
  void aValueThatCannotBeIsOneFaultThatNamesTheVariable(String variable, String value) {
    assertThat(refusal(local(variable, value)).faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.where()).isEqualTo(variable));
  }

  @Test
  void anUnknownProfileIsTakenForProduction() {
    assertThat(refusal(local("PROFILE", "staging")).faults())
        .extracting(ConfigFault::where)
        .contains("PROFILE", "S3_ENCRYPTION_KEY");
  }

  @Test
  void theServersOfTheLocalProfileMoveByTheDossiersVariables() {
    NodeConfig config =
        load(
            local(
                "AZURITE_BLOB_URL", "http://127.0.0.1:11000/devstoreaccount1",
                "S3_ENDPOINT", "http://127.0.0.1:9100",
                "GCS_ENDPOINT", "http://127.0.0.1:4543",
                "MONGO_URL", "mongodb://127.0.0.1:27117",
                "KAFKA_BOOTSTRAP", "127.0.0.1:9192"));
    assertThat(config.locations())
        .extracting(location -> location.endpoint().getPort())
        .containsExactly(9100, 11000, 4543);
    assertThat(config.mongo().url().reveal()).isEqualTo("mongodb://127.0.0.1:27117");
    assertThat(config.kafka().bootstrap()).isEqualTo("127.0.0.1:9192");
  }

  @Test
  void aSlipInALongNameIsAFaultAndInAShortNameAWarning() {
    assertThat(refusal(local("S3_ENCRYPTOIN_KEY", KEY_A)).faults())
        .containsExactly(
            new ConfigFault(
                "S3_ENCRYPTOIN_KEY", "is not a variable", "did you mean S3_ENCRYPTION_KEY?"));
    assertThat(warnings(local("NODE_IP", "10.0.0.1")))
        .containsExactly("NODE_IP is ignored; did you mean NODE_ID?");
  }

  @Test
  void otherToolsVariablesAreNoneOfOurBusiness() {
    Map<String, String> environment =
        local(
            "AZURE_TENANT_ID", "t",
            "KAFKA_PORT_9092_TCP_ADDR", "10.0.0.1",
            "MONGO_SERVICE_HOST", "10.0.0.1",
            "HTTP_PROXY", "http://proxy:3128",
            "NODE_OPTIONS", "--trace",
            "PATH", "/usr/bin");
    assertThat(warnings(environment)).isEmpty();
  }

  @Test
  void theAccessPolicyFileIsCheckedBeforeAnythingStarts() throws Exception {
    Path file = folder.resolve("policy.json");
    Files.writeString(file, "{\"locations\":{\"s4\":{\"allowed_roles\":[\"a\"]}}}");
    assertThat(refusal(local("ACCESS_POLICY_FILE", file.toString())).faults())
        .singleElement()
        .asString()
        .startsWith("ACCESS_POLICY_FILE: access policy: locations.s4 is not a configured location");
    Files.writeString(file, "{\"locations\":{\"s3\":{\"allowed_roles\":[\"a\"]}}}");
    assertThat(load(local("ACCESS_POLICY_FILE", file.toString())).access().policyFile())
        .isEqualTo(file);
  }

  @Test
  void openModeOnAnAddressForOthersIsSaidAloud() {
    assertThat(warnings(local("HTTP_HOST", "0.0.0.0")))
        .containsExactly(
            "AUTH_MODE is open and the API listens on 0.0.0.0: whoever reaches it may do"
                + " everything");
  }

  @Test
  void membersOfTheClusterAreFoundInOneWay() {
    assertThat(
            refusal(
                    local(
                        "CLUSTER_ENABLED", "1",
                        "CLUSTER_HOST", "0.0.0.0",
                        "CLUSTER_MEMBERS", "a:5701",
                        "CLUSTER_K8S_SERVICE", "movingdata.default.svc"))
                .faults())
        .extracting(ConfigFault::where)
        .containsExactly("CLUSTER_HOST", "CLUSTER_K8S_SERVICE");
    assertThat(load(local("CLUSTER_ENABLED", "1", "CLUSTER_MEMBERS", "a:5701,b")).cluster())
        .isEqualTo(
            new NodeConfig.Cluster(
                true, "movingdata", "127.0.0.1", 5701, 0, List.of("a:5701", "b"), null));
  }
}
