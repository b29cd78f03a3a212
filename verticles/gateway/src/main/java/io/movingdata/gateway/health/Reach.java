package io.movingdata.gateway.health;

/**
 * Whether something answered when it was last asked.
 *
 * @param latencyMs round trip, -1 where it did not answer
 * @param detail why not, null where it did
 */
record Reach(boolean reachable, long latencyMs, String detail) {
  static final Reach UNKNOWN = new Reach(false, -1, "not asked yet");
}
