package io.movingdata.bench;

import java.util.Map;

/** Two locations: where objects come from and where they go. */
record Pair(String from, String to) {
  private static final Map<String, String> SERVERS =
      Map.of("s3", "s3", "azure", "azurite", "gcs", "gcs");

  /**
   * A pair such as {@code s3-azure}.
   *
   * @throws IllegalArgumentException where it is none
   */
  static Pair parse(String text) {
    String[] ends = text.split("-", -1);
    if (ends.length != 2
        || ends[0].equals(ends[1])
        || !SERVERS.containsKey(ends[0])
        || !SERVERS.containsKey(ends[1])) {
      throw new IllegalArgumentException(
          "no pair: " + text + " (two different ones of s3, azure and gcs, as in s3-azure)");
    }
    return new Pair(ends[0], ends[1]);
  }

  /** The local stack's server of a location. */
  static String server(String location) {
    return SERVERS.get(location);
  }

  @Override
  public String toString() {
    return from + "-" + to;
  }
}
