package io.movingdata.core.config;

import com.fasterxml.jackson.databind.node.TextNode;
import io.movingdata.core.config.Setting.Need;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads the configuration: {@code default.json}, then {@code local.json} in the local profile, then
 * the environment; checks all of it before anything starts.
 */
public final class ConfigLoader {
  /** The role that stands for all others. */
  public static final String ALL_ROLES = "all";

  private final ConfigTree tree = new ConfigTree();
  private final List<ConfigFault> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, String> environment;

  private ConfigLoader(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads and checks everything, without a look at which roles exist.
   *
   * @param folder the folder of {@code default.json} and {@code local.json}
   * @throws ConfigException with every fault
   */
  public static LoadedConfig load(Path folder, Map<String, String> environment) {
    return load(folder, environment, List.of());
  }

  /**
   * Reads and checks everything.
   *
   * @param knownRoles the roles that exist; empty to accept any name
   * @throws ConfigException with every fault
   */
  public static LoadedConfig load(
      Path folder, Map<String, String> environment, Collection<String> knownRoles) {
    return new ConfigLoader(environment).load(folder, knownRoles);
  }

  private LoadedConfig load(Path folder, Collection<String> knownRoles) {
    readLayers(folder);
    for (String id : tree.locations()) {
      if (tree.get("locations." + id + ".enabled")
          .filter(e -> !e.value().asBoolean())
          .isPresent()) {
        tree.removeLocation(id);
      } else {
        inheritFromProvider(id);
      }
    }
    checkValues();
    checkRoles(knownRoles);
    new ConfigRules(tree, faults, warnings).check();
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
    if (tree.text(Settings.NODE_ID) == null) {
      tree.put(Settings.NODE_ID.path(), TextNode.valueOf(madeUpId()), "made:at start");
    }
    return new LoadedConfig(
        new NodeReader(tree).read(), EffectiveConfig.of(tree), List.copyOf(warnings));
  }

  private void readLayers(Path folder) {
    readFile(folder, "default.json");
    String fromFile = tree.text(Settings.PROFILE);
    String profile = environment.getOrDefault(Settings.PROFILE.variable(), "").strip();
    if ("local".equals(profile.isEmpty() ? fromFile : profile)) {
      readFile(folder, "local.json");
    }
    new Environment(environment, tree, faults, warnings).read();
  }

  private void readFile(Path folder, String name) {
    new ConfigFile(tree, faults, "file:" + name).read(folder.resolve(name));
  }

  private void inheritFromProvider(String id) {
    Optional<Provider> provider = LocationReader.provider(tree, id);
    if (provider.isEmpty()) {
      return;
    }
    for (Setting field : LocationSettings.having(provider.get())) {
      String path = field.in(id).path();
      if (!tree.mentions(path)) {
        tree.get("providers." + provider.get().wire() + "." + field.path())
            .ifPresent(entry -> tree.put(path, entry.value(), entry.source()));
      }
    }
  }

  private void checkValues() {
    Settings.all().forEach(this::checkValue);
    for (String id : tree.locations()) {
      Optional<Provider> provider = LocationReader.provider(tree, id);
      if (provider.isEmpty()) {
        checkValue(LocationSettings.PROVIDER.in(id));
      } else {
        LocationSettings.having(provider.get()).forEach(field -> checkValue(field.in(id)));
      }
    }
  }

  private void checkValue(Setting setting) {
    Optional<ConfigTree.Entry> entry = tree.get(setting.path());
    String remedy = "set " + setting.names() + " to " + setting.type().expects();
    if (entry.isEmpty()) {
      boolean production = !"local".equals(tree.text(Settings.PROFILE));
      boolean needed =
          setting.need() == Need.ALWAYS || (setting.need() == Need.PRODUCTION && production);
      if (needed) {
        String where = setting.variable() == null ? setting.path() : setting.variable();
        faults.add(new ConfigFault(where, "is missing", remedy));
      }
      return;
    }
    setting
        .type()
        .problem()
        .apply(entry.get().value())
        .ifPresent(
            problem -> {
              faults.add(new ConfigFault(entry.get().where(setting.path()), problem, remedy));
              tree.remove(setting.path());
            });
  }

  private void checkRoles(Collection<String> known) {
    for (String role : tree.texts(Settings.ROLES)) {
      if (!known.isEmpty() && !known.contains(role) && !role.equals(ALL_ROLES)) {
        faults.add(
            new ConfigFault(
                Settings.ROLES.variable(),
                "names the unknown role " + ValueTypes.quote(role),
                "known are all, " + String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  private static String madeUpId() {
    byte[] random = new byte[3];
    new SecureRandom().nextBytes(random);
    return hostName() + "-" + HexFormat.of().formatHex(random);
  }

  private static String hostName() {
    try {
      String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "");
      return name.isEmpty() ? "node" : name.substring(0, Math.min(name.length(), 40));
    } catch (UnknownHostException e) {
      return "node";
    }
  }
}
