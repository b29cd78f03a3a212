package io.movingdata.core.contract;

import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Done;
import io.movingdata.core.bus.Topic;
import io.movingdata.core.cost.PriceClass;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.model.Alert;
import io.movingdata.core.model.Decision;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.RuleSet;
import java.time.Instant;
import java.util.List;

/** Where files belong, what they cost, and what a person should know. */
public final class RulesApi {
  private static final String OWNER = "rules";

  private RulesApi() {}

  /** The rules in force. */
  public static final Address<Done, RuleSet> GET_RULES =
      Address.of(OWNER, "get", Done.class, RuleSet.class);

  /** Puts rules in force; {@code VERSION_CONFLICT} where others are than the version named. */
  public static final Address<PutRules, RuleSet> PUT_RULES =
      Address.of(OWNER, "put", PutRules.class, RuleSet.class);

  /**
   * Decides on a file or on a feature vector, with the rules in force or others; changes nothing.
   */
  public static final Address<Evaluate, Evaluation> EVALUATE =
      Address.of(OWNER, "evaluate", Evaluate.class, Evaluation.class);

  /** What is spent and what could be saved. */
  public static final Address<Done, Costs> COSTS =
      Address.of(OWNER, "costs", Done.class, Costs.class);

  /** What places cost, for those who learn where files belong. */
  public static final Address<Done, PriceList> PRICES =
      Address.of(OWNER, "prices", Done.class, PriceList.class);

  /** Alerts, the newest first. */
  public static final Address<AlertQuery, AlertList> ALERTS =
      Address.of(OWNER, "alerts", AlertQuery.class, AlertList.class);

  /** Takes note of an alert. {@code OBJECT_NOT_FOUND} where there is none of that id. */
  public static final Address<Acknowledge, Alert> ACKNOWLEDGE =
      Address.of(OWNER, "acknowledge", Acknowledge.class, Alert.class);

  /** How the autopilot is set and what it has done. */
  public static final Address<Done, Autopilot> GET_AUTOPILOT =
      Address.of(OWNER, "autopilot-get", Done.class, Autopilot.class);

  /** Sets the autopilot's mode. */
  public static final Address<PutAutopilot, Autopilot> PUT_AUTOPILOT =
      Address.of(OWNER, "autopilot-put", PutAutopilot.class, Autopilot.class);

  /** An alert was raised, acknowledged or resolved. */
  public static final Topic<Alert> ALERT = new Topic<>("movingdata.event.alert", Alert.class);

  /** New rules; {@code rules.version} names those that they replace. */
  public record PutRules(RuleSet rules, Requester requester) {}

  /**
   * What to decide on.
   *
   * @param fileId a file, or null
   * @param features a feature vector, or null; given with a file they take the place of its own
   * @param rules other rules, or null for those in force
   */
  public record Evaluate(String fileId, FileFeatures features, RuleSet rules) {}

  /** The decision and what it was made from. */
  public record Evaluation(Decision decision, FileFeatures features) {}

  /** What one location costs a month, USD. */
  public record LocationCost(
      String location, String tier, long files, double storedGb, double storage, double saving) {}

  /**
   * What is spent.
   *
   * @param monthlyStorage all copies, USD a month
   * @param egressLastHour leaving the locations in the last hour, USD
   * @param projectedMonthly storage and the last hour's egress carried on for a month, USD
   * @param pending how many files would move
   * @param pendingSavings what that would save, USD a month
   * @param pendingMoveCost what it would cost once, USD
   * @param savedMonthly what files that were moved save against all being on the hot tier, USD
   */
  public record Costs(
      double monthlyStorage,
      double egressLastHour,
      double projectedMonthly,
      long pending,
      double pendingSavings,
      double pendingMoveCost,
      double savedMonthly,
      List<LocationCost> locations,
      List<Decision> recommendations,
      String pricesAsOf,
      Instant at) {
    public Costs {
      locations = locations == null ? List.of() : List.copyOf(locations);
      recommendations = recommendations == null ? List.of() : List.copyOf(recommendations);
    }
  }

  /** The prices of a location. */
  public record Place(String location, String tier, PriceClass prices) {}

  /** Prices, and over how many days a move must pay for itself by the rules in force. */
  public record PriceList(List<Place> places, double horizonDays) {
    public PriceList {
      places = places == null ? List.of() : List.copyOf(places);
    }
  }

  /** Which alerts; {@code state} null for all, {@code limit} 1 to 1000. */
  public record AlertQuery(String state, int limit) {}

  /** Alerts. */
  public record AlertList(List<Alert> alerts) {
    public AlertList {
      alerts = alerts == null ? List.of() : List.copyOf(alerts);
    }
  }

  /** Names an alert. */
  public record Acknowledge(String id, Requester requester) {}

  /**
   * The autopilot.
   *
   * @param mode {@code off}, {@code advise} or {@code auto}
   * @param version raised by each change
   * @param sweptAt when all files were last decided on, null for never
   * @param swept how many
   * @param movesThisHour moves that it started
   * @param spentToday what these cost today, USD
   * @param transferredTodayGb what these transferred today
   * @param pinned how many files were moved by hand and are left alone for a time
   * @param pins those of them that are left alone longest
   */
  public record Autopilot(
      String mode,
      long version,
      Instant sweptAt,
      long swept,
      int movesThisHour,
      double spentToday,
      double transferredTodayGb,
      long pinned,
      List<InsightApi.Pin> pins) {
    public Autopilot {
      pins = pins == null ? List.of() : List.copyOf(pins);
    }
  }

  /** A new mode. */
  public record PutAutopilot(String mode, Requester requester) {}
}
