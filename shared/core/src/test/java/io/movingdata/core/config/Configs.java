package io.movingdata.core.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The configuration as it is shipped, under made-up environments. */
final class Configs {
  static final Path CONF = Path.of("../../conf");

  /** Bytes 0 to 31, and 32 to 63. */
  static final String KEY_A = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  static final String KEY_B = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

  private Configs() {}

  /** What production needs at least, and the given on top of it. */
  static Map<String, String> production(Path serviceAccount, String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("S3_ACCESS_KEY", "AKIAEXAMPLE");
    environment.put("S3_SECRET_KEY", "s3-secret-of-production");
    environment.put("S3_ENCRYPTION_KEY", KEY_A);
    environment.put("AZURE_ACCOUNT", "prodaccount");
    environment.put("AZURE_ACCOUNT_KEY", "YXp1cmUtc2VjcmV0LW9mLXByb2R1Y3Rpb24=");
    environment.put("AZURE_ENCRYPTION_KEY", KEY_A);
    environment.put("GCS_CREDENTIALS_FILE", serviceAccount.toString());
    environment.put("GCS_ENCRYPTION_KEY", KEY_B + "," + KEY_A);
    environment.putAll(of(more));
    return environment;
  }

  /** The local profile, and the given on top of it. */
  static Map<String, String> local(String... more) {
    Map<String, String> environment = new HashMap<>(of(more));
    environment.putIfAbsent("PROFILE", "local");
    return environment;
  }

  private static Map<String, String> of(String... namesAndValues) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return environment;
  }

  static NodeConfig load(Map<String, String> environment) {
    return ConfigLoader.load(CONF, environment).config();
  }

  static List<String> warnings(Map<String, String> environment) {
    return ConfigLoader.load(CONF, environment).warnings();
  }

  /** The refusal that must come. */
  static ConfigException refusal(Map<String, String> environment) {
    return refusal(CONF, environment);
  }

  static ConfigException refusal(Path conf, Map<String, String> environment) {
    ConfigException refusal =
        catchThrowableOfType(
            ConfigException.class, () -> ConfigLoader.load(conf, environment, List.of("mover")));
    if (refusal == null) {
      throw new AssertionError("the configuration was accepted");
    }
    return refusal;
  }
}
