package io.movingdata.core.config;

import static io.movingdata.core.config.Configs.KEY_A;
import static io.movingdata.core.config.Configs.load;
import static io.movingdata.core.config.Configs.production;
import static io.movingdata.core.config.Configs.refusal;
import static io.movingdata.core.config.Configs.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the production profile insists on. */
class ProductionTest {
  @TempDir Path folder;
  private Path account;

  @BeforeEach
  void writeAccount() throws Exception {
    account = ServiceAccounts.write(folder);
  }

  @Test
  void everySecretOfTheLocalProfileIsRefused() throws Exception {
    JsonNode local = new ObjectMapper().readTree(Configs.CONF.resolve("local.json").toFile());
    int secrets = 0;
    for (JsonNode location : local.path("locations")) {
      String prefix = Setting.prefix(location.path("id").asText());
      for (Setting setting : LocationSettings.all()) {
        if (setting.secret() && location.hasNonNull(setting.path())) {
          secrets++;
          String variable = prefix + setting.variable();
          String value = location.path(setting.path()).asText();
          assertThat(refusal(production(account, variable, value)).faults())
              .singleElement()
              .satisfies(fault -> assertThat(fault.where()).isEqualTo(variable))
              .satisfies(fault -> assertThat(fault.problem()).contains("demo"));
        }
      }
    }
    assertThat(secrets).isEqualTo(5);
  }

  @Test
  void aDemoKeyBehindAGoodOneIsRefusedToo() {
    String demo = "bm90IHNlY3JldCwgZGVtbyBrZXkgb2YgczMuLi4uLi4";
    assertThat(refusal(production(account, "S3_ENCRYPTION_KEY", KEY_A + "," + demo)).faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.where()).isEqualTo("S3_ENCRYPTION_KEY"));
  }

  @Test
  void openModeIsRefused() {
    assertThat(refusal(production(account, "AUTH_MODE", "open")).faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.where()).isEqualTo("AUTH_MODE"));
  }

  @Test
  void plainHttpToAPublicServerIsWarnedOf() {
    assertThat(warnings(production(account))).isEmpty();
    assertThat(warnings(production(account, "S3_ENDPOINT", "http://10.1.2.3:9000"))).isEmpty();
    assertThat(warnings(production(account, "S3_ENDPOINT", "https://s3.eu-west-1.amazonaws.com")))
        .isEmpty();
    assertThat(warnings(production(account, "S3_ENDPOINT", "http://s3.eu-west-1.amazonaws.com")))
        .singleElement()
        .asString()
        .startsWith("S3_ENDPOINT is plain http to http://s3.eu-west-1.amazonaws.com");
  }

  @Test
  void anAzureConnectionStringSetsEndpointAccountAndKey() {
    Map<String, String> environment =
        production(
            account,
            "AZURE_STORAGE_CONNECTION_STRING",
            "DefaultEndpointsProtocol=https;AccountName=fromstring;AccountKey=a2V5bWE=;"
                + "EndpointSuffix=core.windows.net");
    environment.remove("AZURE_ACCOUNT");
    environment.remove("AZURE_ACCOUNT_KEY");
    LocationConfig azure = load(environment).requireLocation("azure");
    assertThat(azure.endpoint()).hasToString("https://fromstring.blob.core.windows.net");
    assertThat(azure.azure().account()).isEqualTo("fromstring");
    assertThat(azure.azure().accountKey().reveal()).isEqualTo("a2V5bWE=");
  }

  @Test
  void aBrokenConnectionStringIsAFaultWithoutItsText() {
    String broken = "AccountName=a;AccountKay=very-secret";
    ConfigException refusal =
        refusal(production(account, "AZURE_STORAGE_CONNECTION_STRING", broken));
    assertThat(refusal.faults())
        .singleElement()
        .satisfies(f -> assertThat(f.where()).isEqualTo("AZURE_STORAGE_CONNECTION_STRING"));
    assertThat(refusal).hasMessageContaining("has no AccountKey");
    assertThat(refusal.getMessage()).doesNotContain("very-secret");
  }

  @Test
  void googlesOwnVariableCountsWhereTheRealServiceIsMeant() {
    Map<String, String> environment =
        production(account, "GOOGLE_APPLICATION_CREDENTIALS", account.toString());
    environment.remove("GCS_CREDENTIALS_FILE");
    assertThat(refusal(environment).faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.where()).isEqualTo("GCS_CREDENTIALS_FILE"));
    environment.put("GCS_ENDPOINT", "https://storage.googleapis.com");
    assertThat(load(environment).requireLocation("gcs").gcs().clientEmail())
        .isEqualTo("mover@project-of-the-file.iam.gserviceaccount.com");
  }

  @Test
  void aKeyFileWithoutAKeyIsAFaultThatDoesNotQuoteIt() throws Exception {
    Path damaged =
        ServiceAccounts.write(
            folder, ServiceAccounts.good().put("private_key", "-----BEGIN secret-text"));
    ConfigException refusal = refusal(production(damaged));
    assertThat(refusal.faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.where()).isEqualTo("GCS_CREDENTIALS_FILE"));
    assertThat(refusal.getMessage()).doesNotContain("secret-text");
  }
}
