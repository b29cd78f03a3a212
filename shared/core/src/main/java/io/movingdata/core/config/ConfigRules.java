package io.movingdata.core.config;

import io.movingdata.core.security.AccessPolicy;
import io.movingdata.core.security.AccessPolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold between settings, and what each profile forbids. A value that failed its own check
 * is absent here, so nothing is said twice.
 */
final class ConfigRules {
  private final ConfigTree tree;
  private final List<ConfigFault> faults;
  private final List<String> warnings;
  private final boolean production;

  ConfigRules(ConfigTree tree, List<ConfigFault> faults, List<String> warnings) {
    this.tree = tree;
    this.faults = faults;
    this.warnings = warnings;
    this.production = !"local".equals(tree.text(Settings.PROFILE));
  }

  void check() {
    access();
    cluster();
    ports();
    times();
    if (tree.locations().isEmpty()) {
      faults.add(new ConfigFault("locations", "has no location in use", "configure at least one"));
    }
    tree.locations().forEach(this::location);
    sameBucketTwice();
    policyFile();
  }

  private void access() {
    boolean open = "open".equals(tree.text(Settings.AUTH_MODE));
    if (open && production) {
      fault(
          Settings.AUTH_MODE,
          "is open, where callers choose their own roles",
          "set it to required, or PROFILE to local for a demo");
    }
    String host = tree.text(Settings.HTTP_HOST);
    if (open && host != null && !Endpoints.isLoopback(host)) {
      warnings.add(
          "AUTH_MODE is open and the API listens on "
              + host
              + ": whoever reaches it may do everything");
    }
  }

  private void cluster() {
    if (!tree.on(Settings.CLUSTER_ENABLED)) {
      return;
    }
    String host = tree.text(Settings.CLUSTER_HOST);
    if ("0.0.0.0".equals(host) || "::".equals(host)) {
      fault(
          Settings.CLUSTER_HOST,
          "is " + host + ", to which other nodes cannot connect",
          "set it to this machine's address in the network of the nodes");
    }
    boolean both =
        tree.text(Settings.CLUSTER_K8S_SERVICE) != null
            && !tree.texts(Settings.CLUSTER_MEMBERS).isEmpty();
    if (both) {
      fault(
          Settings.CLUSTER_K8S_SERVICE,
          "is set beside CLUSTER_MEMBERS",
          "keep one way to find the other nodes");
    }
  }

  private void ports() {
    Map<Integer, Setting> taken = new HashMap<>();
    for (Setting port : List.of(Settings.HTTP_PORT, Settings.MANAGEMENT_PORT)) {
      int number = tree.value(port).map(value -> value.intValue()).orElse(0);
      Setting other = number > 0 ? taken.putIfAbsent(number, port) : null;
      if (other != null) {
        fault(port, "is " + number + ", as is " + other.variable(), "give each its own port");
      }
    }
  }

  private void times() {
    long base = tree.value(Settings.MOVER_RETRY_BASE_MS).map(v -> v.longValue()).orElse(0L);
    long cap =
        tree.value(Settings.MOVER_RETRY_CAP_MS).map(v -> v.longValue()).orElse(Long.MAX_VALUE);
    if (base > cap) {
      fault(
          Settings.MOVER_RETRY_CAP_MS,
          "is shorter than MOVER_RETRY_BASE_MS",
          "set the longest wait to no less than the first");
    }
  }

  private void location(String id) {
    for (Setting field : LocationSettings.all()) {
      Setting setting = field.in(id);
      boolean demo =
          production
              && setting.secret()
              && tree.value(setting).filter(v -> DemoSecrets.contains(v.asText())).isPresent();
      if (demo) {
        fault(
            setting,
            "is a demo value that everybody knows",
            "set " + setting.names() + " to a secret of your own");
      }
    }
    tree.get("locations." + id + ".endpoint").ifPresent(entry -> endpoint(id, entry));
  }

  private void endpoint(String id, ConfigTree.Entry entry) {
    String address = entry.value().asText();
    if (production && address.startsWith("http:") && !Endpoints.isPrivate(address)) {
      warnings.add(
          entry.where("locations." + id + ".endpoint")
              + " is plain http to "
              + address
              + ": use https outside a private network");
    }
    boolean anonymous = tree.get("locations." + id + ".credentials_file").isEmpty();
    boolean gcs = LocationReader.provider(tree, id).filter(p -> p == Provider.GCS).isPresent();
    if (gcs && anonymous && !production && Endpoints.isGoogle(address)) {
      faults.add(
          new ConfigFault(
              Setting.prefix(id) + "CREDENTIALS_FILE",
              "is missing, and " + address + " asks for credentials",
              "set it to a service account's JSON key file"));
    }
  }

  private void sameBucketTwice() {
    Map<String, String> seen = new HashMap<>();
    for (String id : tree.locations()) {
      String prefix = "locations." + id + ".";
      String bucket = tree.get(prefix + "bucket").map(e -> e.value().asText()).orElse(id);
      String place = tree.get(prefix + "endpoint").map(e -> e.value().asText()).orElse(id);
      String other = seen.putIfAbsent(place + " " + bucket, id);
      if (other != null) {
        faults.add(
            new ConfigFault(
                prefix + "bucket",
                "is the bucket of location " + other + " too",
                "make one location of each bucket: two copies in one are one"));
      }
    }
  }

  private void policyFile() {
    String file = tree.text(Settings.ACCESS_POLICY_FILE);
    if (file == null) {
      return;
    }
    Map<String, List<String>> roles = new HashMap<>();
    for (String id : tree.locations()) {
      tree.get("locations." + id + ".allowed_roles")
          .ifPresent(entry -> roles.put(id, ValueTypes.texts(entry.value())));
    }
    try {
      AccessPolicyFile.apply(Files.readString(Path.of(file)), AccessPolicy.of(roles));
    } catch (IOException e) {
      fault(Settings.ACCESS_POLICY_FILE, "names a file that cannot be read: " + file, "make it");
    } catch (IllegalArgumentException e) {
      fault(Settings.ACCESS_POLICY_FILE, e.getMessage() + " in " + file, "correct the file");
    }
  }

  private void fault(Setting setting, String problem, String remedy) {
    String where =
        tree.get(setting.path()).map(entry -> entry.where(setting.path())).orElse(setting.names());
    faults.add(new ConfigFault(where, problem, remedy));
  }
}
