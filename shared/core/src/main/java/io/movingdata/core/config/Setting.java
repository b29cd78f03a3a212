package io.movingdata.core.config;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * One thing that can be configured.
 *
 * @param path place in the JSON tree; of a location's setting the field of the location
 * @param variable environment variable; of a location's setting its ending, which follows the
 *     location's id in capitals; null where only the files can set it
 * @param alias another name of the variable, from other tools; may be null
 * @param providers the kinds of location that have it; all for a setting of the node
 * @param need when a value must be there
 * @param secret whether the value is hidden everywhere
 * @param type what the value may be
 * @param description one line for people
 */
record Setting(
    String path,
    String variable,
    String alias,
    Set<Provider> providers,
    Need need,
    boolean secret,
    ValueType type,
    String description) {

  /** When a value must be there. */
  enum Need {
    ALWAYS,
    PRODUCTION,
    NEVER
  }

  static Setting setting(String path, String variable, ValueType type, String description) {
    return new Setting(
        path, variable, null, EnumSet.allOf(Provider.class), Need.ALWAYS, false, type, description);
  }

  Setting optional() {
    return new Setting(path, variable, alias, providers, Need.NEVER, secret, type, description);
  }

  Setting inProduction() {
    return new Setting(
        path, variable, alias, providers, Need.PRODUCTION, secret, type, description);
  }

  Setting hidden() {
    return new Setting(path, variable, alias, providers, need, true, type, description);
  }

  Setting onlyFor(Provider first, Provider... more) {
    return new Setting(
        path, variable, alias, EnumSet.of(first, more), need, secret, type, description);
  }

  Setting alsoCalled(String name) {
    return new Setting(path, variable, name, providers, need, secret, type, description);
  }

  /** The setting of one location, with its whole path and variable. */
  Setting in(String locationId) {
    String whole = variable == null ? null : prefix(locationId) + variable;
    // Names from other tools mean the location that is called like the provider.
    boolean keeps = providers.stream().anyMatch(p -> p.wire().equals(locationId));
    return new Setting(
        "locations." + locationId + "." + path,
        whole,
        keeps ? alias : null,
        providers,
        need,
        secret,
        type,
        description);
  }

  /** How the variables of a location begin: its id in capitals. */
  static String prefix(String locationId) {
    return locationId.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
  }

  /** The names by which a person can set it. */
  String names() {
    return variable == null ? path : variable + " or " + path;
  }
}
