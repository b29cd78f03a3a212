package io.movingdata.stack.mongo;

import java.util.Optional;

/** What all texts begin with that a regular expression matches. */
final class Beginnings {
  private Beginnings() {}

  /** The literal text after {@code ^}; empty where the expression says nothing of the start. */
  static Optional<String> of(String pattern) {
    if (!pattern.startsWith("^") || pattern.contains("|")) {
      return Optional.empty();
    }
    StringBuilder literal = new StringBuilder();
    int at = 1;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      boolean escaped = c == '\\' && at + 1 < pattern.length();
      char meant = escaped ? pattern.charAt(at + 1) : c;
      boolean plain = meant >= 128 || Character.isLetterOrDigit(meant);
      if (escaped == plain) {
        break;
      }
      literal.append(meant);
      at += escaped ? 2 : 1;
    }
    // A quantifier would make the last character optional.
    boolean whole = at == pattern.length();
    int length = whole ? literal.length() : literal.length() - 1;
    return length <= 0 ? Optional.empty() : Optional.of(literal.substring(0, length));
  }
}
