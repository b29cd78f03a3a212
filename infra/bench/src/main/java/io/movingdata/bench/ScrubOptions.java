package io.movingdata.bench;

import java.util.List;
import java.util.Set;

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
    Options options =
        Options.parse(arguments, Set.of("--objects", "--size", "--location", "--rounds", "--deep"));
    return new ScrubOptions(
        options.number("--objects", 200_000, 1, 10_000_000),
        options.number("--size", 256, 1, 1_000_000),
        options.oneOf("--location", "gcs", List.of("s3", "azure", "gcs")),
        options.number("--rounds", 3, 1, 100),
        options.oneOf("--deep", "no", List.of("yes", "no")).equals("yes"));
  }
}
