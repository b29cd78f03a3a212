package io.movingdata.core.config;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts environment variables into the tree, and finds those that look like a slip of the pen. */
final class Environment {
  private static final String LOCATIONS = Settings.LOCATIONS.variable();

  /** A shorter name is too close to names that mean something else, such as NODE_IP. */
  private static final int LONG_NAME = 10;

  private final Map<String, String> variables;
  private final ConfigTree tree;
  private final List<ConfigFault> faults;
  private final List<String> warnings;
  private final Set<String> known = new HashSet<>();

  Environment(
      Map<String, String> variables,
      ConfigTree tree,
      List<ConfigFault> faults,
      List<String> warnings) {
    this.variables = variables;
    this.tree = tree;
    this.faults = faults;
    this.warnings = warnings;
  }

  /** The whole layer: the list of locations first, then each variable. */
  void read() {
    given(LOCATIONS).ifPresent(this::readLocations);
    Settings.all().forEach(this::read);
    tree.locations().forEach(this::readLocation);
    findSlips();
  }

  private Optional<String> given(String variable) {
    known.add(variable);
    return Optional.ofNullable(variables.get(variable)).filter(text -> !text.isBlank());
  }

  private void readLocations(String json) {
    new ConfigFile(tree, faults, "env:" + LOCATIONS).readLocations(json);
    for (String id : tree.locations()) {
      for (Setting field : LocationSettings.all()) {
        Setting setting = field.in(id);
        boolean exposed =
            setting.secret()
                && tree.get(setting.path()).filter(e -> e.source().endsWith(LOCATIONS)).isPresent();
        if (exposed) {
          tree.remove(setting.path());
          faults.add(
              new ConfigFault(
                  LOCATIONS,
                  "holds the secret " + setting.path(),
                  "set " + setting.variable() + " instead"));
        }
      }
    }
  }

  private void read(Setting setting) {
    if (setting.alias() != null && !setting.alias().equals(LocationSettings.GOOGLE_CREDENTIALS)) {
      read(setting, setting.alias());
    }
    if (setting.variable() != null) {
      read(setting, setting.variable());
    }
  }

  /** An empty variable counts as absent, but takes away what need not be there. */
  private void read(Setting setting, String variable) {
    boolean clears = setting.need() == Setting.Need.NEVER && "".equals(variables.get(variable));
    if (clears) {
      tree.put(setting.path(), NullNode.instance, "env:" + variable);
    }
    given(variable)
        .ifPresent(
            text ->
                tree.put(setting.path(), setting.type().parse().apply(text), "env:" + variable));
  }

  private void readLocation(String id) {
    Optional<Provider> provider = LocationReader.provider(tree, id);
    if (provider.isEmpty()) {
      return; // Said when values are checked.
    }
    if (provider.get() == Provider.AZURE) {
      String variable = LocationSettings.CONNECTION_STRING.in(id).variable();
      given(variable).ifPresent(text -> readConnectionString(id, variable, text));
    }
    List<Setting> fields = LocationSettings.having(provider.get());
    fields.forEach(field -> read(field.in(id)));
    fields.forEach(field -> readGoogleCredentials(field.in(id)));
    LocationSettings.all().stream()
        .filter(field -> !fields.contains(field) && field.variable() != null)
        .map(field -> field.in(id).variable())
        .filter(variable -> !known.contains(variable) && given(variable).isPresent())
        .forEach(
            variable ->
                warnings.add(
                    variable + " is ignored: location " + id + " is of " + provider.get().wire()));
  }

  /** Set on many machines for other tools, so it counts only where the real service is meant. */
  private void readGoogleCredentials(Setting setting) {
    if (!LocationSettings.GOOGLE_CREDENTIALS.equals(setting.alias())) {
      return;
    }
    String endpoint = setting.path().replace("credentials_file", "endpoint");
    boolean https =
        tree.get(endpoint).filter(e -> e.value().asText().startsWith("https://")).isPresent();
    if (https && tree.get(setting.path()).isEmpty()) {
      read(setting, setting.alias());
    }
    known.add(setting.alias());
  }

  private void readConnectionString(String id, String variable, String text) {
    try {
      AzureConnectionString parsed = AzureConnectionString.parse(text);
      String path = "locations." + id + ".";
      tree.put(path + "endpoint", TextNode.valueOf(parsed.endpoint()), "env:" + variable);
      tree.put(path + "account", TextNode.valueOf(parsed.account()), "env:" + variable);
      tree.put(path + "account_key", TextNode.valueOf(parsed.accountKey()), "env:" + variable);
    } catch (IllegalArgumentException e) {
      faults.add(new ConfigFault(variable, e.getMessage(), "copy it anew from the account's page"));
    }
  }

  private void findSlips() {
    Set<String> prefixes = new HashSet<>();
    known.forEach(name -> prefixes.add(name.substring(0, name.indexOf('_') + 1)));
    prefixes.remove("");
    for (String name : variables.keySet()) {
      boolean ours = prefixes.stream().anyMatch(name::startsWith);
      if (!ours || known.contains(name)) {
        continue;
      }
      Optional<String> meant = Spelling.closest(name, known);
      if (meant.isPresent() && name.length() >= LONG_NAME) {
        faults.add(new ConfigFault(name, "is not a variable", "did you mean " + meant.get() + "?"));
      } else {
        meant.ifPresent(like -> warnings.add(name + " is ignored; did you mean " + like + "?"));
      }
    }
  }
}
