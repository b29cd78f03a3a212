package io.movingdata.bench;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

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
    int objects = 2000;
    int size = 65_536;
    int bigMb = 1024;
    int rounds = 3;
    int singles = 100;
    String pairs = "s3-azure,azure-gcs,gcs-s3";
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      if (!rest.hasNext()) {
        throw new IllegalArgumentException(option + " needs a value, or is no option");
      }
      String value = rest.next();
      switch (option) {
        case "--objects" -> objects = number(option, value, 0, 1_000_000);
        case "--size" -> size = number(option, value, 1, 64 * MIB);
        case "--big-mb" -> bigMb = number(option, value, 0, 100_000);
        case "--rounds" -> rounds = number(option, value, 1, 100);
        case "--singles" -> singles = number(option, value, 0, 100_000);
        case "--pairs" -> pairs = value;
        default -> throw new IllegalArgumentException("no option: " + option);
      }
    }
    List<Pair> parsed = Arrays.stream(pairs.split(",", -1)).map(Pair::parse).toList();
    return new BenchOptions(objects, size, bigMb, parsed, rounds, singles);
  }

  /** A number between two others. */
  static int number(String option, String value, int least, int most) {
    if (value.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(option + " must be " + least + " to " + most);
  }

  long bigBytes() {
    return (long) bigMb * MIB;
  }
}
