package io.movingdata.bench.tiering;

import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.model.Decision;
import io.movingdata.core.model.RuleSet;
import io.movingdata.predictor.learn.Dataset;
import io.movingdata.predictor.learn.Learner;
import io.movingdata.rules.decide.DecisionEngine;
import io.movingdata.rules.decide.Prediction;
import io.movingdata.rules.decide.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The product's own decisions: its rules and prices, its model, or both. The model is trained every
 * 30 days on examples whose look-ahead is over: the tier that would have been cheapest for the 60
 * days after, the way there included.
 */
final class OurPolicy implements Policy {
  private static final int LOOK_AHEAD = 60;
  private static final int TRAIN_EVERY = 30;
  private static final int EXAMPLE_EVERY = 5;
  private static final int SAMPLE = 3_000;

  /** What decides. */
  enum Kind {
    RULES,
    MODEL,
    BOTH
  }

  private record Example(int day, Trace.Subject object, int tier, FileFeatures features) {}

  private final Kind kind;
  private final Prices prices;
  private final RuleSet rules;
  private final List<Example> open = new ArrayList<>();
  private final List<FileFeatures> features = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private Learner learner;
  private int asked;
  private int right;
  private final int[][] told;

  OurPolicy(Kind kind, Prices prices, RuleSet rules) {
    this.kind = kind;
    this.prices = prices;
    this.rules = rules;
    this.told = new int[prices.count()][prices.count()];
  }

  @Override
  public String name() {
    return switch (kind) {
      case RULES -> "ours: rules and cost";
      case MODEL -> "ours: model";
      case BOTH -> "ours: both";
    };
  }

  @Override
  public int next(Standing object, int day) {
    FileFeatures known = object.features(prices.tiers().get(object.tier).tier());
    if (kind != Kind.RULES && day % EXAMPLE_EVERY == 0) {
      open.add(new Example(day, object.object, object.tier, known));
    }
    Prediction prediction = null;
    if (kind != Kind.RULES && learner != null) {
      Learner.Answer answer = learner.predict(Dataset.values(known), false);
      prediction = new Prediction("m", answer.tier(), answer.confidence(), List.of());
    }
    if (kind == Kind.MODEL) {
      return prediction == null || object.daysThere < rules.minStayDays()
          ? object.tier
          : tier(prediction.tier());
    }
    Decision decision =
        DecisionEngine.decide(
            new Question(
                "o",
                object.object.bytes(),
                known,
                prices.tiers().get(object.tier),
                prices.tiers(),
                rules,
                prediction,
                null,
                Instant.EPOCH));
    return decision.move() ? tier(decision.tier()) : object.tier;
  }

  private int tier(String name) {
    for (int t = 0; t < prices.count(); t++) {
      if (prices.tiers().get(t).tier().equals(name)) {
        return t;
      }
    }
    throw new IllegalStateException("no tier " + name);
  }

  @Override
  public void dayOver(Trace trace, int day) {
    if (kind == Kind.RULES || day % TRAIN_EVERY != 0) {
      return;
    }
    List<Example> over = open.stream().filter(one -> one.day() + LOOK_AHEAD <= day).toList();
    for (Example one : over) {
      int best = label(one);
      if (learner != null) {
        int said = tier(learner.predict(Dataset.values(one.features()), false).tier());
        told[best][said]++;
        asked++;
        right += said == best ? 1 : 0;
      }
      features.add(one.features());
      labels.add(prices.tiers().get(best).tier());
    }
    open.removeAll(over);
    if (labels.stream().distinct().count() >= 2) {
      learner = Learner.learn(Dataset.of(features, labels).sample(SAMPLE, 1));
    }
  }

  private int label(Example one) {
    int best = one.tier();
    double least = Double.MAX_VALUE;
    for (int tier = 0; tier < prices.count(); tier++) {
      double cost = prices.move(one.object().bytes(), one.tier(), tier, 1_000);
      for (int ahead = 1; ahead <= LOOK_AHEAD; ahead++) {
        cost += prices.day(one.object().bytes(), one.object().reads()[one.day() + ahead - 1], tier);
      }
      if (cost < least) {
        least = cost;
        best = tier;
      }
    }
    return best;
  }

  /** Mean over the tiers of F1 on examples that the model had not seen; NaN without a model. */
  double macroF1() {
    double sum = 0;
    int present = 0;
    for (int c = 0; c < told.length; c++) {
      int support = 0;
      int claimed = 0;
      for (int other = 0; other < told.length; other++) {
        support += told[c][other];
        claimed += told[other][c];
      }
      if (support > 0) {
        sum += 2.0 * told[c][c] / (support + claimed);
        present++;
      }
    }
    return asked == 0 ? Double.NaN : sum / present;
  }

  /** The share of right answers there. */
  double accuracy() {
    return asked == 0 ? Double.NaN : (double) right / asked;
  }
}
