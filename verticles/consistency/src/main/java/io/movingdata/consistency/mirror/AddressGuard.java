package io.movingdata.consistency.mirror;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses a mirror may have: those of the public network, unless the configuration allows
 * others. It judges what a name was resolved to, which is then connected to and nothing else, so
 * that a name which changes its mind gains nothing.
 */
final class AddressGuard {
  /** Networks of IPv4 that are nobody's on the public network: address and prefix length. */
  private static final List<int[]> PRIVATE_4 =
      List.of(
          net(0, 0, 0, 0, 8),
          net(10, 0, 0, 0, 8),
          net(100, 64, 0, 0, 10),
          net(127, 0, 0, 0, 8),
          net(169, 254, 0, 0, 16),
          net(172, 16, 0, 0, 12),
          net(192, 0, 0, 0, 24),
          net(192, 0, 2, 0, 24),
          net(192, 88, 99, 0, 24),
          net(192, 168, 0, 0, 16),
          net(198, 18, 0, 0, 15),
          net(198, 51, 100, 0, 24),
          net(203, 0, 113, 0, 24),
          net(224, 0, 0, 0, 4),
          net(240, 0, 0, 0, 4));

  private final boolean allowPrivate;

  AddressGuard(boolean allowPrivate) {
    this.allowPrivate = allowPrivate;
  }

  private static int[] net(int a, int b, int c, int d, int prefix) {
    return new int[] {a, b, c, d, prefix};
  }

  /** Whether every address that a name was resolved to may be connected to. */
  boolean allows(List<InetAddress> resolved) {
    return !resolved.isEmpty() && (allowPrivate || resolved.stream().allMatch(this::isPublic));
  }

  private boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return isPublic4(bytes);
    }
    boolean special =
        address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress();
    boolean global = (bytes[0] & 0xe0) == 0x20;
    if (!special && startsWith(bytes, 0x00, 0x64, 0xff, 0x9b)) {
      return isPublic4(Arrays.copyOfRange(bytes, 12, 16));
    }
    if (special || !global || startsWith(bytes, 0x20, 0x01, 0x0d, 0xb8)) {
      return false;
    }
    return !startsWith(bytes, 0x20, 0x02) || isPublic4(Arrays.copyOfRange(bytes, 2, 6));
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPublic4(byte[] bytes) {
    long address = word(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff, bytes[3] & 0xff);
    return PRIVATE_4.stream()
        .noneMatch(
            net -> {
              int shift = 32 - net[4];
              return address >>> shift == word(net[0], net[1], net[2], net[3]) >>> shift;
            });
  }

  private static long word(int a, int b, int c, int d) {
    return ((long) a << 24) | (b << 16) | (c << 8) | d;
  }

  /** What a name stands for now; blocks. */
  static List<InetAddress> resolve(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }
}
