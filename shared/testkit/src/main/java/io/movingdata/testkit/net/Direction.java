package io.movingdata.testkit.net;

/** Which way bytes go through a {@link FaultProxy}. */
public enum Direction {
  /** From the client to the server: requests. */
  UP,
  /** From the server to the client: answers. */
  DOWN
}
