package io.movingdata.stack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** A question to a server that has just started: does it answer a real request? */
final class HttpProbe {

  private static final int EACH_MILLIS = 2_000;
  private static final Duration IN_ALL = Duration.ofSeconds(20);

  private HttpProbe() {}

  /**
   * Asks until the server answers with the expected status.
   *
   * @throws IOException if it does not within 20 s
   */
  static void await(String address, int expectedStatus) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + IN_ALL.toNanos();
    String last;
    do {
      try {
        int status = status(address);
        if (status == expectedStatus) {
          return;
        }
        last = "it answered " + status;
      } catch (IOException e) {
        last = e.toString();
      }
      Thread.sleep(50);
    } while (System.nanoTime() < deadline);
    throw new IOException(address + " did not become ready: " + last);
  }

  private static int status(String address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
    connection.setConnectTimeout(EACH_MILLIS);
    connection.setReadTimeout(EACH_MILLIS);
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
