package io.movingdata.testkit.storage;

/**
 * Whether a store can do something that not every store can. A contract test also proves the
 * absence, so that a server which learns it is noticed.
 *
 * @param present whether it can
 * @param reason why not; null where it can
 */
public record Capability(boolean present, String reason) {
  /** The store can. */
  public static Capability yes() {
    return new Capability(true, null);
  }

  /** The store cannot, and why. */
  public static Capability no(String reason) {
    return new Capability(false, reason);
  }
}
