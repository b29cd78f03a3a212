package io.movingdata.bench;

import java.util.Iterator;
import java.util.List;

/**
 * What to compare.
 *
 * @param objects how many are stored
 * @param size bytes of each
 * @param location where
 * @param rounds how often passes and listings are measured, after one round that is not
 * @param deep whether every object is read at the end, too
 */
record ScrubOptions(int objects, int size, String location, int rounds, boolean deep) {
  static final String USAGE =
      """
      usage: infra/bench/scrub [option value ...]

        --objects 200000  objects to store and to compare
        --size 256        bytes of each
        --location gcs    where: s3, azure or gcs
        --rounds 3        how often a pass and a listing are measured, after one round that is not
        --deep no         yes: read every object whole at the end

      RCLONE=/path        the peer, where rclone is not on PATH
      NODE_JAVA_OPTS      the node's options (otherwise -Xmx512m)
      """;

  /**
   * The options of a command line.
   *
   * @throws IllegalArgumentException what is wrong with it
   */
  static ScrubOptions parse(List<String> arguments) {
    int objects = 200_000;
    int size = 256;
    int rounds = 3;
    String location = "gcs";
    boolean deep = false;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      if (!rest.hasNext()) {
        throw new IllegalArgumentException(option + " needs a value, or is no option");
      }
      String value = rest.next();
      switch (option) {
        case "--objects" -> objects = BenchOptions.number(option, value, 1, 10_000_000);
        case "--size" -> size = BenchOptions.number(option, value, 1, 1_000_000);
        case "--rounds" -> rounds = BenchOptions.number(option, value, 1, 100);
        case "--location" -> location = oneOf(option, value, List.of("s3", "azure", "gcs"));
        case "--deep" -> deep = oneOf(option, value, List.of("yes", "no")).equals("yes");
        default -> throw new IllegalArgumentException("no option: " + option);
      }
    }
    return new ScrubOptions(objects, size, location, rounds, deep);
  }

  private static String oneOf(String option, String value, List<String> known) {
    if (!known.contains(value)) {
      throw new IllegalArgumentException(option + " must be one of " + String.join(", ", known));
    }
    return value;
  }
}
