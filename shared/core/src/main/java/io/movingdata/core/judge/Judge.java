package io.movingdata.core.judge;

import java.util.List;
import java.util.function.Function;

/** Names everything in the evidence that breaks a rule. */
public final class Judge {
  private static final List<Function<Facts, List<Violation>>> RULES =
      List.of(
          CopyRules::check,
          ContentRules::check,
          ReferenceRules::check,
          PlacementRules::check,
          DeleteRules::check,
          MoveRules::check,
          AnswerRules::check,
          ConvergenceRules::check,
          LeftoverRules::check);

  private Judge() {}

  /** The violations, the gravest first; the same evidence always gives the same list. */
  public static List<Violation> judge(Evidence evidence) {
    Facts facts = new Facts(evidence);
    return RULES.stream().flatMap(rule -> rule.apply(facts).stream()).distinct().sorted().toList();
  }
}
