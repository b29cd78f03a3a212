package io.movingdata.bench.tiering;

import io.movingdata.bench.Options;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.model.RuleSet;
import io.movingdata.rules.book.RuleBook;
import io.movingdata.testkit.process.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import smile.stat.distribution.TDistribution;

/** The command: replays policies and prints what each would have cost. */
public final class TieringBench {
  private static final String USAGE =
      """
      usage: infra/bench/tiering [option value ...]

        --objects 300     objects of a generated trace
        --days 360        its days
        --seeds 5         how many traces of each kind
        --csv FILE        a trace of your own instead: lines of ts,object,bytes, one for each read
      """;

  private record Figures(
      double ratio, double saving, double moves, double cold, double f1, double accuracy) {}

  private record Sums(
      List<Double> ratios,
      List<Double> savings,
      List<Double> moves,
      List<Double> cold,
      List<Double> f1,
      List<Double> accuracy) {
    static Sums none() {
      return new Sums(
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());
    }

    void add(Figures one) {
      ratios.add(one.ratio());
      savings.add(one.saving());
      moves.add(one.moves());
      cold.add(one.cold());
      f1.add(one.f1());
      accuracy.add(one.accuracy());
    }
  }

  private TieringBench() {}

  /** Exit code 0: done; 2: a wrong command line. */
  public static void main(String[] arguments) {
    try {
      Options options =
          Options.parse(List.of(arguments), Set.of("--objects", "--days", "--seeds", "--csv"));
      run(
          options.number("--objects", 300, 10, 1_000_000),
          options.number("--days", 360, 130, 3650),
          options.number("--seeds", 5, 1, 100),
          options.text("--csv", null));
    } catch (IllegalArgumentException | IOException wrong) {
      System.err.println("infra/bench/tiering: " + wrong.getMessage());
      System.err.print(USAGE);
      System.exit(2);
    }
  }

  private static void run(int objects, int days, int seeds, String csv) throws IOException {
    RuleSet rules =
        RuleBook.configured(
            Files.readString(RepositoryRoot.find().resolve("conf/rules.json")),
            new NodeConfig.Alerts(0.08, 180, 15, 0.9, 75));
    for (Prices prices : List.of(Prices.classes(), Prices.clouds())) {
      if (csv != null) {
        table(prices.name() + ", " + csv, List.of(Trace.csv(Path.of(csv))), prices, rules);
        continue;
      }
      for (boolean drift : new boolean[] {false, true}) {
        List<Trace> traces = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
          traces.add(Trace.generated(seed, objects, days, drift));
        }
        table(
            "%s, %d objects, %d days, %s, %d seeds"
                .formatted(prices.name(), objects, days, drift ? "drift" : "no drift", seeds),
            traces,
            prices,
            rules);
      }
    }
  }

  private static List<Policy> policies(Prices prices, RuleSet rules) {
    List<Policy> all = new ArrayList<>(SimplePolicies.all(prices));
    for (OurPolicy.Kind kind : OurPolicy.Kind.values()) {
      all.add(new OurPolicy(kind, prices, rules));
    }
    return all;
  }

  /** What each policy came to on a trace. */
  private static Map<String, Figures> figures(Trace trace, Prices prices, RuleSet rules) {
    double least = Replay.optimum(trace, prices);
    double hot = 0;
    Map<String, Figures> figures = new LinkedHashMap<>();
    for (Policy policy : policies(prices, rules)) {
      Replay.Outcome outcome = Replay.run(trace, policy, prices);
      hot = policy.name().equals("always hot") ? outcome.cost() : hot;
      figures.put(
          policy.name(),
          new Figures(
              outcome.cost() / least,
              100 * (1 - outcome.cost() / hot),
              (double) outcome.moves() / trace.objects().size(),
              outcome.coldReads(),
              policy instanceof OurPolicy ours ? ours.macroF1() : Double.NaN,
              policy instanceof OurPolicy ours ? ours.accuracy() : Double.NaN));
    }
    return figures;
  }

  private static void table(String title, List<Trace> traces, Prices prices, RuleSet rules) {
    Map<String, Sums> sums = new LinkedHashMap<>();
    traces.parallelStream()
        .map(trace -> figures(trace, prices, rules))
        .toList()
        .forEach(
            figures ->
                figures.forEach(
                    (name, one) -> sums.computeIfAbsent(name, key -> Sums.none()).add(one)));
    System.out.printf("%n%s%n", title);
    System.out.println(
        "| policy | cost / optimum | saved against hot, % | moves an object | reads at cold | macro F1 | accuracy |");
    System.out.println("|---|---|---|---|---|---|---|");
    sums.forEach(
        (name, sum) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %s |%n",
                name,
                interval(sum.ratios(), "%.3f"),
                interval(sum.savings(), "%.1f"),
                interval(sum.moves(), "%.2f"),
                interval(sum.cold(), "%.0f"),
                interval(sum.f1(), "%.2f"),
                interval(sum.accuracy(), "%.2f")));
  }

  /** Mean and half the width of its 95 % interval. */
  private static String interval(List<Double> values, String format) {
    double[] known = values.stream().mapToDouble(v -> v).filter(v -> !Double.isNaN(v)).toArray();
    if (known.length == 0) {
      return "–";
    }
    double mean = Arrays.stream(known).average().orElse(0);
    double variance =
        Arrays.stream(known).map(v -> (v - mean) * (v - mean)).sum()
            / Math.max(1, known.length - 1);
    if (known.length == 1) {
      return String.format(Locale.ROOT, format, mean);
    }
    double t = new TDistribution(known.length - 1).quantile(0.975);
    double half = t * Math.sqrt(variance / known.length);
    return String.format(Locale.ROOT, format + " ± " + format, mean, half);
  }
}
