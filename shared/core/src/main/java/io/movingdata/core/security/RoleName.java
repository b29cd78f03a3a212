package io.movingdata.core.security;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rule for role names: 1 to 64 letters, digits, dots, dashes and underscores, with case. */
public final class RoleName {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private RoleName() {}

  /**
   * The name without blanks round it.
   *
   * @throws IllegalArgumentException if the rest is not a role name
   */
  public static String parse(String text) {
    String name = text.strip();
    if (!VALID.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "not a role name: expected 1 to 64 letters, digits, dots, dashes or underscores");
    }
    return name;
  }

  /**
   * All names in order, each once.
   *
   * @throws IllegalArgumentException if one of them is not a role name
   */
  public static List<String> parseAll(Collection<String> names) {
    Set<String> roles = new LinkedHashSet<>();
    for (String name : names) {
      roles.add(parse(name));
    }
    return List.copyOf(roles);
  }
}
