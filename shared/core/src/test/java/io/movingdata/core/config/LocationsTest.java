package io.movingdata.core.config;

import static io.movingdata.core.config.Configs.KEY_A;
import static io.movingdata.core.config.Configs.load;
import static io.movingdata.core.config.Configs.local;
import static io.movingdata.core.config.Configs.refusal;
import static io.movingdata.core.config.Configs.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More locations than the three, and fewer. */
class LocationsTest {
  private static final String ARCHIVE =
      "[{\"id\":\"archive-2\",\"provider\":\"s3\",\"endpoint\":\"https://s3.example.org\","
          + "\"bucket\":\"archive\",\"tier\":\"glacial\"}]";

  @TempDir Path folder;

  private static Map<String, String> archive(String... more) {
    Map<String, String> environment =
        local(
            "LOCATIONS", ARCHIVE,
            "ARCHIVE_2_ACCESS_KEY", "AKIA2",
            "ARCHIVE_2_SECRET_KEY", "secret-2",
            "ARCHIVE_2_ENCRYPTION_KEY", KEY_A,
            "ARCHIVE_2_ALLOWED_ROLES", "compliance");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  @Test
  void aSecondS3BucketTakesItsSecretsFromVariablesNamedByItsId() {
    NodeConfig config = load(archive());
    assertThat(config.locations())
        .extracting(LocationConfig::id)
        .containsExactly("s3", "azure", "gcs", "archive-2");
    LocationConfig archive = config.requireLocation("archive-2");
    assertThat(archive.provider()).isEqualTo(Provider.S3);
    assertThat(archive.s3().secretKey().reveal()).isEqualTo("secret-2");
    assertThat(archive.keyring().source()).isEqualTo("env:ARCHIVE_2_ENCRYPTION_KEY");
    assertThat(archive.allowedRoles()).containsExactly("compliance");
    assertThat(archive.tier()).isEqualTo("glacial");
    assertThat(archive.s3().region()).as("the provider's default").isEqualTo("us-east-1");
    assertThat(archive.storagePerGbMonth()).isEqualTo(0.023);
    assertThat(archive.s3().sseKmsKey()).isNull();
  }

  @Test
  void aLocationWithoutSecretsAndRolesIsRefusedWithTheirVariables() {
    assertThat(refusal(local("LOCATIONS", ARCHIVE)).faults())
        .extracting(ConfigFault::where)
        .containsExactly(
            "ARCHIVE_2_ACCESS_KEY",
            "ARCHIVE_2_SECRET_KEY",
            "ARCHIVE_2_ENCRYPTION_KEY",
            "ARCHIVE_2_ALLOWED_ROLES");
  }

  @Test
  void twoLocationsMayShareAKeyButNotABucket() {
    assertThat(load(archive("S3_ENCRYPTION_KEY", KEY_A)).locations()).hasSize(4);
    String twin = ARCHIVE.replace("https://s3.example.org", "http://127.0.0.1:9000");
    assertThat(
            refusal(archive("LOCATIONS", twin.replace("\"archive\"", "\"netapp-bucket\"")))
                .faults())
        .singleElement()
        .asString()
        .contains("is the bucket of location s3 too");
  }

  @Test
  void aLocationCanBeTakenOutOfUse() {
    NodeConfig config = load(local("LOCATIONS", "[{\"id\":\"gcs\",\"enabled\":false}]"));
    assertThat(config.locations()).extracting(LocationConfig::id).containsExactly("s3", "azure");
  }

  @Test
  void secretsDoNotBelongInTheListOfLocations() {
    String list = ARCHIVE.replace("\"tier\"", "\"secret_key\":\"in-the-open\",\"tier\"");
    ConfigException refusal = refusal(archive("LOCATIONS", list));
    assertThat(refusal.faults())
        .singleElement()
        .asString()
        .contains("holds the secret locations.archive-2.secret_key")
        .contains("set ARCHIVE_2_SECRET_KEY instead");
    assertThat(refusal.getMessage()).doesNotContain("in-the-open");
  }

  @Test
  void idsAreCheckedAndUnique() {
    assertThat(
            refusal(local("LOCATIONS", "[{\"id\":\"Archive!\"},{\"provider\":\"s3\"}]")).faults())
        .extracting(ConfigFault::where)
        .containsExactly("locations[0].id (LOCATIONS)", "locations[1].id (LOCATIONS)");
    assertThat(refusal(local("LOCATIONS", "[{\"id\":\"gcs\"},{\"id\":\"gcs\"}]")).faults())
        .singleElement()
        .asString()
        .contains("is there twice: gcs");
  }

  @Test
  void anUnknownProviderIsOneFault() {
    assertThat(refusal(archive("LOCATIONS", ARCHIVE.replace("\"s3\"", "\"s4\""))).faults())
        .singleElement()
        .asString()
        .startsWith("LOCATIONS: is \"s4\", not s3 or azure or gcs");
  }

  @Test
  void aVariableOfAnotherProviderIsWarnedOf() {
    assertThat(warnings(local("S3_ACCOUNT_KEY", "YQ==")))
        .containsExactly("S3_ACCOUNT_KEY is ignored: location s3 is of s3");
  }

  @Test
  void anUnknownFieldIsAFaultWithItsPathAndTheLikeliestName() throws IOException {
    copyWith("default.json", "\"port\": 8001", "\"prot\": 8001, \"port\": 8001");
    copyWith("local.json", "\"access_key\": \"minio\"", "\"acces_key\": \"minio\"");
    assertThat(refusal(folder, local("S3_ACCESS_KEY", "minio")).faults())
        .extracting(ConfigFault::toString)
        .containsExactly(
            "http.prot (default.json): is not a field of the configuration;"
                + " did you mean http.port?",
            "locations.s3.acces_key (local.json): is not a field of the configuration;"
                + " did you mean access_key?");
  }

  @Test
  void aFileThatIsNotJsonIsAFaultWithItsPlaceButWithoutItsText() throws IOException {
    copyWith("default.json", "\"port\": 8001", "\"port\": 8001");
    copyWith("local.json", "\"minio12345\"", "minio12345");
    ConfigException refusal = refusal(folder, local());
    assertThat(refusal.getMessage())
        .contains("local.json: is not valid JSON")
        .contains("line ")
        .doesNotContain("minio12345");
  }

  @Test
  void aWrongTypeInAFileIsAFaultWithItsPath() throws IOException {
    copyWith("default.json", "\"port\": 8001", "\"port\": \"8001\"");
    copyWith("local.json", "\"minio12345\"", "12345");
    assertThat(refusal(folder, local()).faults())
        .extracting(ConfigFault::where)
        .containsExactly("http.port (default.json)", "locations.s3.secret_key (local.json)");
  }

  @Test
  void aMissingFolderSaysHowToNameIt() {
    assertThat(refusal(folder.resolve("nowhere"), Map.of()).getMessage())
        .contains("nowhere/default.json: does not exist")
        .contains("--conf");
  }

  private void copyWith(String name, String from, String to) throws IOException {
    String text = Files.readString(Configs.CONF.resolve(name));
    assertThat(text).contains(from);
    Files.writeString(folder.resolve(name), text.replace(from, to));
  }
}
