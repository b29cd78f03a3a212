package io.movingdata.core.bus;

/**
 * A typed place on the bus: who listens, what it takes, what it answers.
 *
 * @param name {@code movingdata.<owner>.<verb>}
 * @param request the record that is sent
 * @param reply the record that comes back
 */
public record Address<Q, R>(String name, Class<Q> request, Class<R> reply) {
  /** The address {@code movingdata.<owner>.<verb>}. */
  public static <Q, R> Address<Q, R> of(
      String owner, String verb, Class<Q> request, Class<R> reply) {
    return new Address<>("movingdata." + owner + "." + verb, request, reply);
  }
}
