package io.movingdata.catalog.store;

import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The options of the connection. What durability and prompt failure rest on is set here; the user's
 * URL may change it only within what is safe, and may add what has no bearing on either.
 */
public final class MongoSettings {
  private static final String FIELD = "MONGO_URL";

  private static final Map<String, Option> REQUIRED = required();

  private static final Set<String> INSECURE =
      Set.of(
          "tlsinsecure",
          "tlsallowinvalidhostnames",
          "tlsallowinvalidcertificates",
          "sslinvalidhostnameallowed",
          "trustall");

  /** Options that would replace several of ours at once. */
  private static final Set<String> FOREIGN = Set.of("timeoutms", "safe", "j", "slaveok");

  private MongoSettings() {}

  private record Option(String name, String value, Predicate<String> safe) {}

  private static Map<String, Option> required() {
    List<Option> options =
        List.of(
            new Option("w", "majority", "majority"::equals),
            new Option("journal", "true", "true"::equals),
            new Option("wtimeoutMS", "5000", between(100, 60_000)),
            new Option("retryWrites", "true", Set.of("true", "false")::contains),
            new Option("retryReads", "true", Set.of("true", "false")::contains),
            new Option(
                "readConcernLevel", "majority", Set.of("majority", "linearizable")::contains),
            new Option("readPreference", "primary", "primary"::equals),
            new Option("serverSelectionTimeoutMS", "3000", between(100, 30_000)),
            new Option("connectTimeoutMS", "2000", between(100, 30_000)),
            new Option("socketTimeoutMS", "10000", between(100, 120_000)),
            new Option("waitQueueTimeoutMS", "2000", between(100, 30_000)),
            new Option("maxPoolSize", "50", between(1, 1_000)));
    Map<String, Option> byName = new LinkedHashMap<>();
    options.forEach(option -> byName.put(key(option.name()), option));
    return byName;
  }

  /**
   * The client's configuration.
   *
   * @throws MovingDataException invalid request naming {@code MONGO_URL} and each option at fault,
   *     never a value that may be a secret
   */
  public static JsonObject client(NodeConfig.Mongo mongo) {
    return new JsonObject()
        .put("connection_string", connectionString(mongo.url().reveal()))
        .put("db_name", mongo.database());
  }

  private static String connectionString(String url) {
    if (!url.startsWith("mongodb://") && !url.startsWith("mongodb+srv://")) {
      throw MovingDataException.invalid(FIELD, "must start with mongodb:// or mongodb+srv://");
    }
    int question = url.indexOf('?');
    String base = question < 0 ? url : url.substring(0, question);
    Map<String, String> options = options(question < 0 ? "" : url.substring(question + 1));
    StringBuilder result = new StringBuilder(base);
    // Options follow the path, so there must be one, if only an empty database name.
    if (base.indexOf('/', base.indexOf("://") + 3) < 0) {
      result.append('/');
    }
    char separator = '?';
    for (Map.Entry<String, String> option : options.entrySet()) {
      result.append(separator).append(option.getKey()).append('=').append(option.getValue());
      separator = '&';
    }
    return result.toString();
  }

  private static Map<String, String> options(String query) {
    Map<String, String> chosen = new LinkedHashMap<>();
    REQUIRED.values().forEach(option -> chosen.put(option.name(), option.value()));
    List<MovingDataException.FieldError> faults = new ArrayList<>();
    for (String pair : query.split("[&;]", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      Option required = REQUIRED.get(key(name));
      String fault = fault(name, value, required);
      if (fault != null) {
        faults.add(new MovingDataException.FieldError(FIELD, fault));
      }
      chosen.put(required == null ? name : required.name(), value);
    }
    if (!faults.isEmpty()) {
      throw MovingDataException.invalid(faults);
    }
    return chosen;
  }

  private static String fault(String name, String value, Option required) {
    if (INSECURE.contains(key(name)) && !value.equalsIgnoreCase("false")) {
      return name + " would accept any server; give its certificate authority instead";
    }
    if (FOREIGN.contains(key(name))) {
      return name + " is not supported; its parts have options of their own";
    }
    if (required != null && !required.safe().test(value)) {
      return name + " must not weaken the default, " + required.name() + "=" + required.value();
    }
    return null;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Predicate<String> between(int least, int most) {
    return value -> {
      try {
        int number = Integer.parseInt(value);
        return number >= least && number <= most;
      } catch (NumberFormatException e) {
        return false;
      }
    };
  }
}
