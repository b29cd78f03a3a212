package io.movingdata.core.model;

import java.time.Instant;

/**
 * The rules that decide where a file belongs, and when it may move.
 *
 * @param version raised by each change; 0 are those of the configuration
 * @param sloLatencyP95Ms a file whose reads are slower belongs on the hot tier, ms
 * @param highTempMinutes so many hot minutes of the last ten make a file hot
 * @param warmDropRatio a day this far below the week's average makes a file warm, 0 to 1
 * @param minConfidence a prediction that is less sure gives way to the rules, 0 to 1
 * @param coldMaxFreqPerDay events a day up to which use is sporadic
 * @param coldMinDaysSinceAccess days without use from which use is sporadic
 * @param costPressureRatio where it is may cost that many times what the cheapest place would
 * @param horizonDays within so many days a move has to pay for itself
 * @param hysteresis by which share the savings must exceed the cost of the move, 0 to 10
 * @param minStayDays days that a file stays where it was moved to or stored
 * @param maxMovesPerHour moves that the autopilot starts in an hour
 * @param budgetUsdPerDay what its moves may cost in a day, USD
 * @param budgetGbPerDay what its moves may transfer in a day, GB
 * @param updatedBy who changed them, null for the configuration
 * @param updatedAt when, null for the configuration
 */
public record RuleSet(
    long version,
    double sloLatencyP95Ms,
    int highTempMinutes,
    double warmDropRatio,
    double minConfidence,
    double coldMaxFreqPerDay,
    double coldMinDaysSinceAccess,
    double costPressureRatio,
    double horizonDays,
    double hysteresis,
    double minStayDays,
    int maxMovesPerHour,
    double budgetUsdPerDay,
    double budgetGbPerDay,
    String updatedBy,
    Instant updatedAt) {}
