package io.movingdata.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.testkit.process.RepositoryRoot;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes that are killed or frozen at every place between two effects: no content is lost, every
 * move ends, nothing is left over. A sample, or with {@code -Dmatrix=full} everything, as {@code
 * -Dmatrix.seed} decides; {@code -Dmatrix.cell} tries one cell again.
 */
@Tag("alone") // it has several systems of its own
class CrashMatrixIT {
  private static final long DEFAULT_SEED = 20261125;
  private static final int LANES = 2;

  @Test
  void noContentIsLostWhereverANodeStops(@TempDir Path folder) {
    long seed = Long.getLong("matrix.seed", DEFAULT_SEED);
    ExecutorService executor = Executors.newCachedThreadPool();
    try {
      MatrixReport report =
          new MatrixRun(seed, Integer.getInteger("matrix.lanes", LANES), folder, executor)
              .run(cells(seed));
      report.write(RepositoryRoot.find().resolve("infra/e2e/target/crash-matrix-" + seed + ".md"));
      System.out.println(report.summary());
      assertThat(report.failures()).as(report.summary()).isEmpty();
      assertThat(report.violations()).as(report.summary()).isEmpty();
    } finally {
      executor.shutdownNow();
    }
  }

  private static List<Cell> cells(long seed) {
    String one = System.getProperty("matrix.cell");
    if (one != null) {
      return List.of(Cell.parse(one));
    }
    boolean full = "full".equals(System.getProperty("matrix"));
    return full ? Matrix.full(seed) : Matrix.sample(seed);
  }
}
