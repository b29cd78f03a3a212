package io.movingdata.core.model;

import java.time.Instant;
import java.util.List;

/**
 * Where a file belongs, and whether it moves.
 *
 * @param fileId the file, null for a what-if without one
 * @param tier the tier that was found best
 * @param target the location of that tier, null where it stays
 * @param move whether the move pays and nothing holds it back
 * @param source {@code rule:} and its name, {@code model:} with its version and type, or {@code
 *     cost}
 * @param confidence 0 to 1; 1 for a rule
 * @param modelTier what the model says, null without one
 * @param modelConfidence how sure it is, null without one
 * @param reasons why, in words, the weightiest first
 * @param held what keeps it from moving, empty where nothing does
 * @param savingsPerMonth what being there saves, USD; negative where it costs more
 * @param moveCost what going there costs once, USD
 * @param rulesVersion the rules that were in force
 * @param at when it was decided
 */
public record Decision(
    String fileId,
    String tier,
    String target,
    boolean move,
    String source,
    double confidence,
    String modelTier,
    Double modelConfidence,
    List<String> reasons,
    List<String> held,
    double savingsPerMonth,
    double moveCost,
    long rulesVersion,
    Instant at) {
  public Decision {
    reasons = reasons == null ? List.of() : List.copyOf(reasons);
    held = held == null ? List.of() : List.copyOf(held);
  }
}
