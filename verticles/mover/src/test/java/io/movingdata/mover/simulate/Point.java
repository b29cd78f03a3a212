package io.movingdata.mover.simulate;

/**
 * A place in a history at which something can go wrong.
 *
 * @param place where on the way of a message
 * @param node who sent it
 * @param what what was asked for
 * @param which how many of the kind the node has sent before
 * @param step how many steps have been taken, for those that have several
 */
record Point(Place place, String node, String what, int which, int step) {
  enum Place {
    /** A request to the catalog is about to leave. */
    SEND,
    /** The catalog is about to take a step, or has taken the last. */
    STEP,
    /** The catalog's answer is on its way. */
    ANSWER,
    /** A request to a provider is about to leave. */
    ASK_PROVIDER
  }

  Point(Place place, String node, String what, int which) {
    this(place, node, what, which, 0);
  }

  /** A number that stands for the point, the same in every run. */
  long number() {
    return ((place.name().hashCode() * 31L + node.hashCode()) * 31 + what.hashCode()) * 1_000_003
        + which * 1_009L
        + step;
  }

  @Override
  public String toString() {
    return place + " " + what + " #" + which + (step > 0 ? " step " + step : "") + " of " + node;
  }
}
