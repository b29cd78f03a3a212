package io.movingdata.core.judge;

import java.util.Comparator;

/**
 * A promise that was broken.
 *
 * @param rule which
 * @param subject whose: a file id, a copy's location and key, a move
 * @param detail how, in words
 */
public record Violation(Rule rule, String subject, String detail) implements Comparable<Violation> {
  private static final Comparator<Violation> ORDER =
      Comparator.comparing(Violation::rule)
          .thenComparing(Violation::subject)
          .thenComparing(Violation::detail);

  @Override
  public int compareTo(Violation other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return rule + " " + subject + ": " + detail;
  }
}
