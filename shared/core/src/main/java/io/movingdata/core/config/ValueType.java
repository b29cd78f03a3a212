package io.movingdata.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How a setting's value is written in a variable, what it may be, and how it is shown.
 *
 * @param expects what a good value is, completing "set it to …"
 * @param parse the JSON form of a variable's text; the text itself where it has none, for the check
 *     to refuse
 * @param problem what is wrong with a JSON value; never quotes a secret
 * @param show the form that may be printed
 */
record ValueType(
    String expects,
    Function<String, JsonNode> parse,
    Function<JsonNode, Optional<String>> problem,
    UnaryOperator<JsonNode> show) {

  /** The same type with another way to be shown. */
  ValueType shownAs(UnaryOperator<JsonNode> other) {
    return new ValueType(expects, parse, problem, other);
  }
}
