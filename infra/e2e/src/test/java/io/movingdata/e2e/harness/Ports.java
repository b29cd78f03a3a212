package io.movingdata.e2e.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Ports that stay a node's own while it is down: below those that systems give to outgoing
 * connections and to whoever asks for any port.
 */
public final class Ports {
  private static final int FIRST = 12_000;
  private static final int END = 32_000;

  private static final Random random = new Random();
  private static final Set<Integer> given = new HashSet<>();

  private Ports() {}

  /** A port that nobody listens at, and that was not given before. */
  public static synchronized int free() {
    for (int tries = 0; tries < END - FIRST; tries++) {
      int port = random.nextInt(FIRST, END);
      if (isFree(port) && given.add(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port from " + FIRST + " to " + END + " is free");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
