package io.movingdata.predictor.learn;

import io.movingdata.core.features.Feature;
import io.movingdata.core.features.FileFeatures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Made-up files with the tiers that heuristics give them: what a model can be learnt from before
 * anything is known. Every node makes the same ones. Since no real file was among them, its use is
 * blurred: a model of them is not surer than heuristics are.
 */
public final class Bootstrap {
  private static final int FILES = 600;
  private static final long SEED = 1_909;
  private static final double BLUR = 0.35;
  private static final List<String> TIERS = List.of("hot", "warm", "cold");

  private Bootstrap() {}

  /** The examples. */
  public static Dataset dataset() {
    Random random = new Random(SEED);
    List<FileFeatures> features = new ArrayList<>();
    List<String> tiers = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      double perDay = Math.exp(2.2 * random.nextGaussian() - 1);
      double idle = Math.min(365, -Math.log(1 - random.nextDouble()) / Math.max(0.005, perDay));
      Map<String, Double> values = new HashMap<>();
      values.put(Feature.ACCESS_FREQ_PER_DAY.wire(), perDay);
      values.put(Feature.ACCESS_FREQ_EXPECTED.wire(), perDay * Math.exp(random.nextGaussian() / 2));
      values.put(Feature.DAYS_SINCE_ACCESS.wire(), idle);
      values.put(Feature.LATENCY_SLA_MS.wire(), random.nextInt(5) == 0 ? 50.0 : 500.0);
      values.put(Feature.SIZE_KB.wire(), Math.exp(2 * random.nextGaussian() + 7));
      values.put(Feature.WRITE_SHARE.wire(), random.nextDouble() / 2);
      FileFeatures seen = new FileFeatures(values, TIERS.get(random.nextInt(3)), null);
      features.add(seen);
      tiers.add(Heuristics.tier(blurred(seen, random)));
    }
    return Dataset.of(features, tiers);
  }

  /** A model of them: a forest, the least work for a node that starts. */
  public static Learner learn() {
    return Learner.again(dataset(), Trees.FOREST);
  }

  private static FileFeatures blurred(FileFeatures file, Random random) {
    Map<String, Double> values = new HashMap<>(file.values());
    for (Feature feature : List.of(Feature.ACCESS_FREQ_PER_DAY, Feature.DAYS_SINCE_ACCESS)) {
      values.compute(
          feature.wire(), (name, value) -> value * Math.exp(BLUR * random.nextGaussian()));
    }
    return new FileFeatures(values, file.currentTier(), file.cloudRegion());
  }
}
