package io.movingdata.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What to measure.
 *
 * @param objects objects of a bulk move; 0 for no bulk moves
 * @param size bytes of each
 * @param bigMb MiB of the large object; 0 for none
 * @param pairs between which locations
 * @param rounds how often each is measured
 * @param singles moves of one object at a time, for their latency
 */
record BenchOptions(int objects, int size, int bigMb, List<Pair> pairs, int rounds, int singles) {
  static final String USAGE =
      """
      usage: infra/bench/run [option value ...]

        --objects 2000    objects of a bulk move (0: none)
        --size 65536      bytes of each
        --big-mb 1024     MiB of the large object (0: none)
        --pairs s3-azure,azure-gcs,gcs-s3
        --rounds 3        how often each is measured, after one round that is not
        --singles 100     moves one after another, for their latency

      RCLONE=/path        the peer, where rclone is not on PATH
      NODE_JAVA_OPTS      the node's options (otherwise -Xmx512m)
      """;

  private static final int MIB = 1024 * 1024;

  /**
   * The options of a command line.
   *
   * @throws IllegalArgumentException what is wrong with it
   */
  static BenchOptions parse(List<String> arguments) {
    Options options =
        Options.parse(
            arguments,
            Set.of("--objects", "--size", "--big-mb", "--pairs", "--rounds", "--singles"));
    String pairs = options.text("--pairs", "s3-azure,azure-gcs,gcs-s3");
    return new BenchOptions(
        options.number("--objects", 2000, 0, 1_000_000),
        options.number("--size", 65_536, 1, 64 * MIB),
        options.number("--big-mb", 1024, 0, 100_000),
        Arrays.stream(pairs.split(",", -1)).map(Pair::parse).toList(),
        options.number("--rounds", 3, 1, 100),
        options.number("--singles", 100, 0, 100_000));
  }

  long bigBytes() {
    return (long) bigMb * MIB;
  }
}
