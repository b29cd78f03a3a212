package io.movingdata.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The documentation of all variables, made of the same tables that loading uses. */
public final class VariableTable {
  private final ConfigTree production = new ConfigTree();
  private final ConfigTree local = new ConfigTree();

  private VariableTable(Path folder) {
    List<ConfigFault> faults = new ArrayList<>();
    new ConfigFile(production, faults, "file:default.json").read(folder.resolve("default.json"));
    new ConfigFile(local, faults, "file:local.json").read(folder.resolve("local.json"));
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
  }

  /**
   * A markdown table: variable, default, value in the local profile where it differs, meaning.
   *
   * @param folder the folder of {@code default.json} and {@code local.json}
   * @throws ConfigException where they cannot be read
   */
  public static String markdown(Path folder) {
    VariableTable table = new VariableTable(folder);
    List<Setting> settings = new ArrayList<>(Settings.all());
    settings.add(Settings.LOCATIONS);
    for (Provider provider : Provider.values()) {
      LocationSettings.having(provider).stream()
          .filter(setting -> setting.variable() != null)
          .map(setting -> setting.in(provider.wire()))
          .forEach(settings::add);
      if (provider == Provider.AZURE) {
        settings.add(LocationSettings.CONNECTION_STRING.in(provider.wire()));
      }
    }
    return "| Variable | Default | `PROFILE=local` | Meaning |\n| --- | --- | --- | --- |\n"
        + settings.stream().map(table::row).collect(Collectors.joining("\n"));
  }

  private String row(Setting setting) {
    String also = setting.alias() == null ? "" : ", `" + setting.alias() + "`";
    return "| `%s`%s | %s | %s | %s |"
        .formatted(
            setting.variable(),
            also,
            value(production, setting),
            local.mentions(setting.path()) ? value(local, setting) : "",
            setting.description() + (setting.secret() ? " (secret)" : ""));
  }

  private String value(ConfigTree tree, Setting setting) {
    if (setting.secret() && tree.get(setting.path()).isPresent()) {
      return setting.equals(Settings.MONGO_URL) ? code(shown(tree, setting)) : "a demo value";
    }
    String text = shown(tree, setting);
    if (text == null && setting.path().startsWith("locations.")) {
      String[] parts = setting.path().split("\\.", -1);
      text =
          tree.get("providers." + parts[1] + "." + parts[2])
              .map(entry -> plain(entry.value()))
              .orElse(null);
    }
    return text == null ? tree == local ? "none" : missing(setting) : code(text);
  }

  private static String missing(Setting setting) {
    return setting.need() == Setting.Need.NEVER ? "" : "must be set";
  }

  private static String shown(ConfigTree tree, Setting setting) {
    return tree.value(setting).map(value -> plain(setting.type().show().apply(value))).orElse(null);
  }

  private static String plain(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue() ? "1" : "0";
    }
    return value.isArray() ? String.join(",", ValueTypes.texts(value)) : value.asText();
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }
}
