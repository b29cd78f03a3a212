package io.movingdata.rules.autopilot;

import io.movingdata.core.model.RuleSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the autopilot has started and spent: pure, kept in the catalog so that the budgets hold
 * across nodes and restarts.
 *
 * @param mode off, advise or auto
 * @param hour the hour that {@code moves} is about
 * @param moves moves started in it
 * @param day the day that the sums are about
 * @param usd spent on moves in it
 * @param gb transferred in it
 * @param owner the node that sweeps, null for none
 * @param until when its turn ends
 * @param sweptAt when all files were last decided on
 * @param swept how many
 */
record Ledger(
    String mode,
    Instant hour,
    int moves,
    Instant day,
    double usd,
    double gb,
    String owner,
    Instant until,
    Instant sweptAt,
    long swept) {
  static final String OFF = "off";
  static final String ADVISE = "advise";
  static final String AUTO = "auto";

  static Ledger fresh() {
    return new Ledger(ADVISE, null, 0, null, 0, 0, null, null, null, 0);
  }

  Ledger mode(String next) {
    return new Ledger(next, hour, moves, day, usd, gb, owner, until, sweptAt, swept);
  }

  Ledger heldBy(String node, Instant end) {
    return new Ledger(mode, hour, moves, day, usd, gb, node, end, sweptAt, swept);
  }

  Ledger sweptAt(Instant now, long files) {
    return new Ledger(mode, hour, moves, day, usd, gb, null, null, now, files);
  }

  /** Whether files are decided on. */
  boolean decides() {
    return !mode.equals(OFF);
  }

  /** Whether another node sweeps. */
  boolean taken(String node, Instant now) {
    return owner != null && !owner.equals(node) && until.isAfter(now);
  }

  /** With the sums of hours and days that are over at zero. */
  Ledger at(Instant now) {
    Instant thisHour = now.truncatedTo(ChronoUnit.HOURS);
    Instant thisDay = now.truncatedTo(ChronoUnit.DAYS);
    return new Ledger(
        mode,
        thisHour,
        thisHour.equals(hour) ? moves : 0,
        thisDay,
        thisDay.equals(day) ? usd : 0,
        thisDay.equals(day) ? gb : 0,
        owner,
        until,
        sweptAt,
        swept);
  }

  /** Whether a move fits into what is left; {@code this} is of the present hour and day. */
  boolean allows(RuleSet rules, double cost, double size) {
    return moves < rules.maxMovesPerHour()
        && usd + cost <= rules.budgetUsdPerDay()
        && gb + size <= rules.budgetGbPerDay();
  }

  Ledger started(double cost, double size) {
    return new Ledger(
        mode, hour, moves + 1, day, usd + cost, gb + size, owner, until, sweptAt, swept);
  }
}
