package io.movingdata.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The plain kinds of value: text, numbers, switches, choices and lists. */
final class ValueTypes {
  private static final Set<String> YES = Set.of("1", "true", "yes", "on");
  private static final Set<String> NO = Set.of("0", "false", "no", "off");

  private ValueTypes() {}

  /** A text that a pattern describes. */
  static ValueType text(String expects, String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return ofText(
        expects,
        text ->
            compiled.matcher(text).matches()
                ? Optional.empty()
                : Optional.of(isNot(text, expects)));
  }

  /** A text with a check of its own. */
  static ValueType ofText(String expects, Function<String, Optional<String>> problem) {
    return new ValueType(
        expects,
        text -> TextNode.valueOf(text.strip()),
        value ->
            value.isTextual()
                ? problem.apply(value.textValue())
                : Optional.of("is not a text but " + kind(value)),
        UnaryOperator.identity());
  }

  /** A file or folder; relative ones start at the working directory. */
  static ValueType path(String expects) {
    return text(expects, "[^\\x00]+");
  }

  /** One of some words. */
  static ValueType choice(String... words) {
    String expects = String.join(" or ", words);
    return text(expects, String.join("|", words));
  }

  /** A whole number. */
  static ValueType integer(long least, long most) {
    String expects = "a whole number from " + least + " to " + most;
    return new ValueType(
        expects,
        ValueTypes::wholeNumber,
        value -> {
          boolean inside =
              value.isIntegralNumber()
                  && value.canConvertToLong()
                  && value.longValue() >= least
                  && value.longValue() <= most;
          return inside ? Optional.empty() : Optional.of(isNot(value.asText(), expects));
        },
        UnaryOperator.identity());
  }

  /** A number with a fraction. */
  static ValueType number(double least, double most) {
    String expects = "a number from " + plain(least) + " to " + plain(most);
    return new ValueType(
        expects,
        ValueTypes::anyNumber,
        value -> {
          boolean inside =
              value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most;
          return inside ? Optional.empty() : Optional.of(isNot(value.asText(), expects));
        },
        UnaryOperator.identity());
  }

  /** On or off: {@code true} or {@code false} in JSON. */
  static ValueType onOff() {
    String expects = "1 (on) or 0 (off); true or false in JSON";
    return new ValueType(
        expects,
        text -> {
          String word = text.strip().toLowerCase(Locale.ROOT);
          boolean known = YES.contains(word) || NO.contains(word);
          return known ? BooleanNode.valueOf(YES.contains(word)) : TextNode.valueOf(text);
        },
        value ->
            value.isBoolean() ? Optional.empty() : Optional.of(isNot(value.asText(), "on or off")),
        UnaryOperator.identity());
  }

  /** A list, in a variable separated by commas, each entry as the pattern says. */
  static ValueType list(String expects, int least, String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return new ValueType(
        expects,
        ValueTypes::split,
        value -> {
          if (!value.isArray()) {
            return Optional.of("is not a list but " + kind(value));
          }
          for (JsonNode entry : value) {
            if (!entry.isTextual() || !compiled.matcher(entry.textValue()).matches()) {
              return Optional.of("has the entry " + quote(entry.asText()) + ", which does not fit");
            }
          }
          return value.size() < least ? Optional.of("is empty") : Optional.empty();
        },
        UnaryOperator.identity());
  }

  private static JsonNode split(String text) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    Stream.of(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).forEach(list::add);
    return list;
  }

  private static JsonNode wholeNumber(String text) {
    try {
      return LongNode.valueOf(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return TextNode.valueOf(text);
    }
  }

  private static JsonNode anyNumber(String text) {
    try {
      return DoubleNode.valueOf(Double.parseDouble(text.strip()));
    } catch (NumberFormatException e) {
      return TextNode.valueOf(text);
    }
  }

  static String isNot(String value, String expects) {
    return "is " + quote(value) + ", not " + expects;
  }

  static String quote(String value) {
    String shown = value.length() > 60 ? value.substring(0, 60) + "…" : value;
    return "\"" + shown.replaceAll("\\p{Cntrl}", "?") + "\"";
  }

  static String kind(JsonNode value) {
    return "a JSON " + value.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** The texts of a checked list. */
  static List<String> texts(JsonNode list) {
    return Stream.iterate(0, i -> i < list.size(), i -> i + 1)
        .map(i -> list.get(i).textValue())
        .toList();
  }
}
