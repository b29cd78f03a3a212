package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.config.ConfigLoader;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.config.VariableTable;
import io.movingdata.core.launch.NodeRole;
import io.movingdata.testkit.process.RepositoryRoot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What the container files say, held against the configuration and the build: they are not started
 * here, since that needs a container engine.
 */
class ComposeTest {
  private static final Path ROOT = RepositoryRoot.find();
  private static final Path INFRA = ROOT.resolve("infra");

  private static Map<String, Object> services(String file) throws IOException {
    Map<String, Object> whole =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(INFRA.resolve(file)));
    return map(whole.get("services"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static Map<String, String> environment(Object service) {
    Map<String, String> environment = new TreeMap<>();
    map(map(service).get("environment"))
        .forEach((name, value) -> environment.put(name, String.valueOf(value)));
    return environment;
  }

  private static NodeConfig config(Object service) {
    return ConfigLoader.load(ROOT.resolve("conf"), environment(service)).config();
  }

  @Test
  void everyVariableOfANodeIsOneThatItKnows() throws IOException {
    String known = VariableTable.markdown(ROOT.resolve("conf"));
    for (Object node :
        List.of(
            services("docker-compose.yml").get("api"),
            services("stream-compose.yml").get("stream"))) {
      assertThat(environment(node).keySet())
          .allSatisfy(variable -> assertThat(known).contains("`" + variable + "`"));
    }
  }

  @Test
  void theNodeIsToldToReachTheServersThatTheComposeFileStarts() throws IOException {
    Map<String, Object> services = services("docker-compose.yml");
    NodeConfig config = config(services.get("api"));

    assertThat(config.http().port()).isEqualTo(8001);
    assertThat(config.kafka().bootstrap()).isEqualTo("redpanda:9092");
    assertThat(String.valueOf(map(services.get("redpanda")).get("command")))
        .contains("--advertise-kafka-addr=PLAINTEXT://redpanda:9092");
    String mongo = config.mongo().url().reveal();
    assertThat(mongo).startsWith("mongodb://mongo:27017").contains("replicaSet=rs0");
    assertThat(String.valueOf(map(services.get("mongo")).get("command")))
        .contains("--replSet, rs0");
    for (LocationConfig location : config.locations()) {
      URI endpoint = location.endpoint();
      assertThat(services).containsKey(endpoint.getHost());
      assertThat(String.valueOf(map(services.get(endpoint.getHost())).get("ports")))
          .contains("127.0.0.1:" + endpoint.getPort() + ":" + endpoint.getPort());
    }
    Map<String, String> minio = environment(services.get("minio"));
    LocationConfig s3 = config.requireLocation("s3");
    assertThat(minio.get("MINIO_ROOT_USER")).isEqualTo(s3.s3().accessKey());
    assertThat(minio.get("MINIO_ROOT_PASSWORD")).isEqualTo(s3.s3().secretKey().reveal());
    assertThat(minio.get("MINIO_KMS_SECRET_KEY")).startsWith(s3.s3().sseKmsKey() + ":");
    byte[] kms =
        java.util.Base64.getDecoder().decode(minio.get("MINIO_KMS_SECRET_KEY").split(":", 2)[1]);
    assertThat(kms).as("what MinIO wants of a key").hasSize(32);
  }

  @Test
  void everyPortIsPublishedOnThisMachineAloneAndEveryVolumeIsNamed() throws IOException {
    for (String file : List.of("docker-compose.yml", "stream-compose.yml")) {
      services(file)
          .forEach(
              (name, service) -> {
                Object ports = map(service).get("ports");
                if (ports instanceof List<?> all) {
                  assertThat(all)
                      .as(name)
                      .allMatch(port -> String.valueOf(port).startsWith("127.0.0.1:"));
                }
              });
    }
    Map<String, Object> whole =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(INFRA.resolve("docker-compose.yml")));
    for (Object service : map(whole.get("services")).values()) {
      if (map(service).get("volumes") instanceof List<?> used) {
        used.forEach(
            one ->
                assertThat(map(whole.get("volumes")))
                    .containsKey(String.valueOf(one).split(":", 2)[0]));
      }
    }
  }

  @Test
  void theSandboxRunsRolesThatThereAre() throws IOException {
    NodeConfig config = config(services("stream-compose.yml").get("stream"));
    List<String> roles =
        ServiceLoader.load(NodeRole.class).stream().map(role -> role.get().name()).toList();
    assertThat(roles).containsAll(config.node().roles());
    assertThat(config.node().syntheticLoad()).isFalse();
  }

  @Test
  void theImageCopiesWhatTheBuildMakesAndRunsTheLauncherThatThereIs() throws IOException {
    String dockerfile = Files.readString(INFRA.resolve("Dockerfile"));
    Matcher copies = Pattern.compile("COPY --from=build /src/(\\S+) (\\S+)").matcher(dockerfile);
    int copied = 0;
    while (copies.find()) {
      assertThat(ROOT.resolve(copies.group(1))).exists();
      assertThat(copies.group(2)).isEqualTo(copies.group(1));
      copied++;
    }
    assertThat(copied).isEqualTo(4);
    assertThat(dockerfile)
        .contains("@conf/jvm.options")
        .contains("io.movingdata.core.launch.Launcher")
        .contains("USER 10001")
        .contains("/health/live");
    assertThat(ROOT.resolve("conf/jvm.options")).exists();
    assertThat(io.movingdata.core.launch.Launcher.class.getName())
        .isEqualTo("io.movingdata.core.launch.Launcher");
  }
}
