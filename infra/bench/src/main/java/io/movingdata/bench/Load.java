package io.movingdata.bench;

/**
 * What is moved at once.
 *
 * @param name {@code objects} or {@code large}; also the folder and the prefix of the names
 * @param count objects
 * @param size bytes of each
 */
record Load(String name, int count, long size) {
  static final String OBJECTS = "objects";
  static final String LARGE = "large";
  static final String SINGLES = "singles";

  long bytes() {
    return count * size;
  }

  /** The name of one of the objects within the folder. */
  String object(int index) {
    return "%06d".formatted(index);
  }
}
