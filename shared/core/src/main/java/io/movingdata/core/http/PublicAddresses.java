package io.movingdata.core.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * Which addresses belong to anybody on the internet, as opposed to this machine, its network, and
 * what serves clouds' own machines. Whoever calls an address that a person gave asks here first.
 */
public final class PublicAddresses {
  private PublicAddresses() {}

  /** Whether an address is public. */
  public static boolean contains(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? publicIpv4(bytes) : publicIpv6(bytes);
  }

  private static boolean publicIpv4(byte[] address) {
    int first = address[0] & 0xff;
    int second = address[1] & 0xff;
    int third = address[2] & 0xff;
    boolean shared = first == 100 && second >= 64 && second < 128;
    boolean protocols = first == 192 && second == 0 && third == 0;
    boolean benchmarks = first == 198 && (second == 18 || second == 19);
    return first != 0 && first < 240 && !shared && !protocols && !benchmarks;
  }

  /** Global unicast is 2000::/3; those that carry an IPv4 address are as public as that is. */
  private static boolean publicIpv6(byte[] address) {
    int first = (address[0] & 0xff) << 8 | (address[1] & 0xff);
    if (first == 0x2002) {
      return publicEmbedded(Arrays.copyOfRange(address, 2, 6));
    }
    boolean translated = first == 0x64 && (address[2] & 0xff) == 0xff && address[3] == (byte) 0x9b;
    if (translated) {
      return publicEmbedded(Arrays.copyOfRange(address, 12, 16));
    }
    return first >> 13 == 1;
  }

  private static boolean publicEmbedded(byte[] ipv4) {
    try {
      return contains(InetAddress.getByAddress(ipv4));
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
