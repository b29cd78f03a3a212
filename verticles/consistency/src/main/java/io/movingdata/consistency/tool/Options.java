package io.movingdata.consistency.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of a command: flags, and names that take a value. */
public final class Options {
  private static final String CONF = "--conf";

  private final Map<String, List<String>> given;

  private Options(Map<String, List<String>> given) {
    this.given = given;
  }

  /**
   * Reads a command line.
   *
   * @param flags options without a value, with their dashes
   * @param valued options with one; {@code --conf} is always known
   * @throws WrongUseException where anything else stands there
   */
  public static Options parse(List<String> arguments, Set<String> flags, Set<String> valued) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      List<String> values = given.computeIfAbsent(name, key -> new ArrayList<>());
      if (valued.contains(name) || name.equals(CONF)) {
        i++;
        if (i == arguments.size() || arguments.get(i).isEmpty()) {
          throw new WrongUseException(name + " needs a value");
        }
        values.add(arguments.get(i));
      } else if (!flags.contains(name)) {
        throw new WrongUseException("there is no option " + name);
      }
    }
    return new Options(given);
  }

  /** Whether an option is there. */
  public boolean has(String flag) {
    return given.containsKey(flag);
  }

  /** The last value of an option. */
  public Optional<String> value(String name) {
    List<String> values = given.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  /** All values of an option. */
  public List<String> values(String name) {
    return List.copyOf(given.getOrDefault(name, List.of()));
  }

  /**
   * The value of an option that is a number of seconds.
   *
   * @throws WrongUseException where it is none
   */
  public long seconds(String name, long absent) {
    try {
      long seconds = value(name).map(Long::parseLong).orElse(absent);
      if (seconds >= 0 && seconds <= Integer.MAX_VALUE) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      throw new WrongUseException(name + " must be a number of seconds");
    }
    throw new WrongUseException(name + " must be a number of seconds");
  }

  /** The folder of the configuration. */
  public Path conf() {
    return Path.of(value(CONF).orElse("conf"));
  }
}
