package io.movingdata.core.config;

import java.net.URI;
import java.util.regex.Pattern;

/** What can be told from an address without asking a name server. */
final class Endpoints {
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[?::1]?");
  private static final Pattern PRIVATE =
      Pattern.compile("10\\.[0-9.]+|192\\.168\\.[0-9.]+|172\\.(1[6-9]|2\\d|3[01])\\.[0-9.]+");

  private Endpoints() {}

  /** Whether the host is this machine. */
  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  /**
   * Whether the address is on this machine or in a private network: a loopback or private IPv4
   * address, a name without a dot (a container's), or a name that no public server can have.
   */
  static boolean isPrivate(String address) {
    String host = host(address);
    return isLoopback(host)
        || PRIVATE.matcher(host).matches()
        || host.indexOf('.') < 0
        || host.endsWith(".internal")
        || host.endsWith(".local")
        || host.endsWith(".test");
  }

  /** Whether the address is Google's own service. */
  static boolean isGoogle(String address) {
    return host(address).endsWith("googleapis.com");
  }

  private static String host(String address) {
    String host = URI.create(address).getHost();
    return host == null ? address : host;
  }
}
