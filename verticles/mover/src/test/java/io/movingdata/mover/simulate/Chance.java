package io.movingdata.mover.simulate;

/**
 * Numbers that depend on a seed and on what they are for, and on nothing else: what happens to one
 * message does not change when another step is left out.
 */
final class Chance {
  private final long seed;

  Chance(long seed) {
    this.seed = seed;
  }

  /** A number for a purpose, evenly distributed. */
  long number(Object purpose, long which) {
    return mix(mix(mix(seed) + purpose.hashCode()) + which);
  }

  /** From {@code low} up to, not including, {@code high}. */
  long between(Object purpose, long which, long low, long high) {
    return low + Math.floorMod(number(purpose, which), high - low);
  }

  /** From 0 to 1. */
  double share(Object purpose, long which) {
    return (number(purpose, which) >>> 11) * 0x1.0p-53;
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
