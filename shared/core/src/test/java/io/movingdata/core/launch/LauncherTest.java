package io.movingdata.core.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LauncherTest {
  private static final String CONF = "../../conf";
  private static final Map<String, String> LOCAL = Map.of("PROFILE", "local");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int launch(Map<String, String> environment, String... arguments)
      throws InterruptedException {
    return new Launcher(
            environment,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            List.of(new Roles().wellBehaved("mover", 30)),
            List.of(new Shout()))
        .run(List.of(arguments));
  }

  private static final class Shout implements Command {
    @Override
    public String name() {
      return "shout";
    }

    @Override
    public String summary() {
      return "says it louder";
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
      out.print(arguments);
      return 7;
    }
  }

  @Test
  void aConfigurationWithFaultsEndsBeforeAnythingStartsWithOneMessage() throws Exception {
    assertThat(launch(Map.of(), "--conf", CONF)).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .startsWith("the configuration has 8 faults:")
        .contains("S3_ENCRYPTION_KEY: is missing");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void anUnknownRoleIsAFaultThatListsTheKnownOnes() throws Exception {
    Map<String, String> environment = Map.of("PROFILE", "local", "NODE_ROLES", "moover");
    assertThat(launch(environment, "--conf", CONF, "--check-config")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("unknown role \"moover\"; known are all, mover");
  }

  @Test
  void printConfigWritesJsonAndNothingElse() throws Exception {
    assertThat(launch(LOCAL, "--conf", CONF, "--print-config")).isZero();
    assertThat(new ObjectMapper().readTree(out.toString(UTF_8)).at("/profile").asText())
        .isEqualTo("local");
    assertThat(out.toString(UTF_8)).contains("[hidden]").doesNotContain("minio12345");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void checkConfigSaysThatAllIsWellAndWarns() throws Exception {
    Map<String, String> environment = Map.of("PROFILE", "local", "HTTP_HOST", "0.0.0.0");
    assertThat(launch(environment, "--conf", CONF, "--check-config")).isZero();
    assertThat(out.toString(UTF_8)).contains("valid for profile local");
    assertThat(err.toString(UTF_8)).startsWith("warning: AUTH_MODE is open");
  }

  @Test
  void aCommandGetsItsArgumentsAndTheFolderAndItsCodeIsTheProcesss() throws Exception {
    assertThat(launch(LOCAL, "--conf", CONF, "shout", "a", "b")).isEqualTo(7);
    assertThat(out.toString(UTF_8)).isEqualTo("[--conf, ../../conf, a, b]");
  }

  @Test
  void helpNamesCommandsAndRolesAndVariables() throws Exception {
    assertThat(launch(LOCAL, "help")).isZero();
    assertThat(out.toString(UTF_8)).contains("shout", "says it louder", "roles: [mover]");
    out.reset();
    assertThat(launch(LOCAL, "--conf", CONF, "help", "variables")).isZero();
    assertThat(out.toString(UTF_8)).contains("| `KAFKA_BOOTSTRAP` |");
  }

  @Test
  void anUnknownWordIsAWrongUse() throws Exception {
    assertThat(launch(LOCAL, "dance")).isEqualTo(2);
    assertThat(launch(LOCAL, "--conf")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("there is no command dance", "--conf needs a folder");
  }
}
