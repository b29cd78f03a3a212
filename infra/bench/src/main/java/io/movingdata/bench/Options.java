package io.movingdata.bench;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options of a command line: names that take a value each. */
public final class Options {
  private final Map<String, String> given;

  private Options(Map<String, String> given) {
    this.given = given;
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException for a name that is not known, or one without a value
   */
  public static Options parse(List<String> arguments, Set<String> known) {
    Map<String, String> given = new HashMap<>();
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      if (!known.contains(name)) {
        throw new IllegalArgumentException("no option: " + name);
      }
      if (!rest.hasNext()) {
        throw new IllegalArgumentException(name + " needs a value");
      }
      given.put(name, rest.next());
    }
    return new Options(given);
  }

  /** The value of an option, or what it is without. */
  public String text(String name, String absent) {
    return given.getOrDefault(name, absent);
  }

  /**
   * A number between two others.
   *
   * @throws IllegalArgumentException where it is none
   */
  public int number(String name, int absent, int least, int most) {
    String value = given.get(name);
    if (value == null) {
      return absent;
    }
    if (value.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(name + " must be " + least + " to " + most);
  }

  /**
   * One of some words.
   *
   * @throws IllegalArgumentException where it is another
   */
  public String oneOf(String name, String absent, List<String> words) {
    String value = text(name, absent);
    if (!words.contains(value)) {
      throw new IllegalArgumentException(name + " must be one of " + String.join(", ", words));
    }
    return value;
  }
}
