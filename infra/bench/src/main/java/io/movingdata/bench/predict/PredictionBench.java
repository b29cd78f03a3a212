package io.movingdata.bench.predict;

import io.movingdata.predictor.learn.Bootstrap;
import io.movingdata.predictor.learn.Dataset;
import io.movingdata.predictor.learn.Learner;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One prediction with and without its reasons, and 100 000 files scored one after the other. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 2)
public class PredictionBench {
  private static final int FILES = 100_000;

  /** The kind of model. */
  @Param({"gradient-boosting", "random-forest", "nearest-centroid"})
  public String type;

  private Learner learner;
  private List<Dataset.Row> rows;
  private int next;

  /** Learns the model. */
  @Setup
  public void learn() {
    Dataset data = Bootstrap.dataset();
    learner = Learner.again(data, type);
    rows = data.rows();
  }

  private List<Double> row() {
    next = (next + 1) % rows.size();
    return rows.get(next).values();
  }

  /** An answer alone. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public Learner.Answer one() {
    return learner.predict(row(), false);
  }

  /** An answer with the features that decided. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public Learner.Answer oneExplained() {
    return learner.predict(row(), true);
  }

  /** All files. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Measurement(iterations = 5)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public int hundredThousand() {
    int hot = 0;
    for (int i = 0; i < FILES; i++) {
      hot += learner.predict(row(), false).tier().equals("hot") ? 1 : 0;
    }
    return hot;
  }
}
