package io.movingdata.rules.decide;

import io.movingdata.core.cost.CostModel;
import io.movingdata.core.features.Feature;
import io.movingdata.core.model.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides. In this order: a rule that holds whatever else is said; the model, where it is sure
 * enough; another rule; cost alone, among the places that are fast enough. A move must then pay for
 * itself within the horizon, by the use that is to be expected, unless the rule is urgent; a file
 * that has moved lately stays; a pin holds it.
 */
public final class DecisionEngine {
  private static final double DAYS_A_MONTH = 30.44;

  private DecisionEngine() {}

  private record Choice(
      String tier, String source, double confidence, boolean urgent, List<String> reasons) {}

  /** The decision. */
  public static Decision decide(Question question) {
    CostModel.Profile profile = expected(question);
    Choice choice = choose(question, profile);
    Candidate target = at(question, choice.tier(), profile);
    double saving = saving(profile, question, target);
    double days = question.features().get(Feature.TIME_SINCE_LAST_MIGRATION) / 24;
    boolean stays = target.location().equals(question.here().location());
    double cost =
        stays ? 0 : CostModel.move(profile, question.here().prices(), target.prices(), days);
    List<String> held = stays ? List.of() : held(question, choice, saving, cost, days);
    Prediction model = question.prediction();
    return new Decision(
        question.fileId(),
        choice.tier(),
        stays ? null : target.location(),
        !stays && held.isEmpty(),
        choice.source(),
        choice.confidence(),
        model == null ? null : model.tier(),
        model == null ? null : model.confidence(),
        choice.reasons(),
        held,
        stays ? 0 : saving,
        cost,
        question.rules().version(),
        question.now());
  }

  private static double saving(CostModel.Profile profile, Question question, Candidate target) {
    return CostModel.monthly(profile, question.here().prices())
        - CostModel.monthly(profile, target.prices());
  }

  /** What pays by the last week's use alone is undone by the next one. */
  private static CostModel.Profile expected(Question question) {
    boolean known = question.features().values().containsKey(Feature.ACCESS_FREQ_EXPECTED.wire());
    double perDay =
        question.features().get(known ? Feature.ACCESS_FREQ_EXPECTED : Feature.ACCESS_FREQ_PER_DAY);
    double writes = perDay * question.features().get(Feature.WRITE_SHARE);
    return new CostModel.Profile(question.bytes(), perDay - writes, writes);
  }

  private static Choice choose(Question question, CostModel.Profile profile) {
    double here = CostModel.monthly(profile, question.here().prices());
    double least =
        question.places().stream()
            .mapToDouble(place -> CostModel.monthly(profile, place.prices()))
            .min()
            .orElse(here);
    double pressure = least > 0 ? here / least : 1;
    Prediction model = question.prediction();
    double confidence = model == null ? 1 : model.confidence();
    Optional<TierRules.Fired> rule =
        TierRules.first(question.features(), question.rules(), pressure, confidence)
            .filter(fired -> has(question, fired.tier()));
    boolean sure =
        model != null
            && model.confidence() >= question.rules().minConfidence()
            && has(question, model.tier());
    if (rule.isPresent() && (rule.get().urgent() || !sure)) {
      TierRules.Fired fired = rule.get();
      return new Choice(
          fired.tier(), "rule:" + fired.rule(), 1, fired.urgent(), List.of(fired.reason()));
    }
    if (sure) {
      return new Choice(
          model.tier(), "model:" + model.model(), model.confidence(), false, model.reasons());
    }
    return cheapest(question, profile);
  }

  private static boolean has(Question question, String tier) {
    return question.places().stream().anyMatch(place -> place.tier().equals(tier));
  }

  private static Choice cheapest(Question question, CostModel.Profile profile) {
    double accepted = question.features().get(Feature.LATENCY_SLA_MS);
    List<Candidate> fast =
        question.places().stream()
            .filter(place -> place.prices().firstByteMs() <= accepted)
            .toList();
    Candidate best =
        (fast.isEmpty() ? List.of(question.here()) : fast)
            .stream()
                .min(Comparator.comparingDouble(p -> CostModel.monthly(profile, p.prices())))
                .orElse(question.here());
    String reason =
        String.format(
            Locale.ROOT,
            "%s costs least of the places that answer within %.0f ms: %.6f USD a month at %.2f uses a day to be expected",
            best.location(),
            accepted,
            CostModel.monthly(profile, best.prices()),
            profile.readsPerDay() + profile.writesPerDay());
    return new Choice(best.tier(), "cost", 0.5, false, List.of(reason));
  }

  /** The cheapest place of a tier; where it is, if that is of the tier. */
  private static Candidate at(Question question, String tier, CostModel.Profile profile) {
    if (question.here().tier().equals(tier)) {
      return question.here();
    }
    return question.places().stream()
        .filter(place -> place.tier().equals(tier))
        .min(Comparator.comparingDouble(p -> CostModel.monthly(profile, p.prices())))
        .orElse(question.here());
  }

  private static List<String> held(
      Question question, Choice choice, double saving, double cost, double daysThere) {
    List<String> held = new ArrayList<>();
    Instant pinned = question.pinnedUntil();
    if (pinned != null && pinned.isAfter(question.now())) {
      held.add("it was moved by hand and is pinned until " + pinned);
    }
    double within = saving * question.rules().horizonDays() / DAYS_A_MONTH;
    if (!choice.urgent() && within <= cost * (1 + question.rules().hysteresis())) {
      held.add(
          String.format(
              Locale.ROOT,
              "it does not pay: %.6f USD saved in %.0f days, the move costs %.6f",
              within,
              question.rules().horizonDays(),
              cost));
    }
    if (!choice.urgent() && daysThere < question.rules().minStayDays()) {
      held.add(
          String.format(
              Locale.ROOT,
              "it came %.1f days ago and stays for %.0f",
              daysThere,
              question.rules().minStayDays()));
    }
    return held;
  }
}
