package io.movingdata.consistency.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
  private final AddressGuard guard = new AddressGuard(false);

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getAllByName(literal)[0];
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.255.255",
        "192.0.2.1",
        "198.19.255.255",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
        "2001:db8::1"
      })
  void whatIsNotPublicIsRefusedUnlessAllowed(String literal) {
    assertThat(guard.allows(List.of(address(literal)))).isFalse();
    assertThat(new AddressGuard(true).allows(List.of(address(literal)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "172.15.255.255",
        "172.32.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "192.169.0.1",
        "223.255.255.255",
        "2606:4700::1",
        "64:ff9b::808:808",
        "2002:808:808::1"
      })
  void whatIsPublicIsAllowed(String literal) {
    assertThat(guard.allows(List.of(address(literal)))).isTrue();
  }

  @Test
  void oneOfSeveralAddressesIsEnoughToRefuse() {
    assertThat(guard.allows(List.of(address("8.8.8.8"), address("10.0.0.1")))).isFalse();
    assertThat(guard.allows(List.of())).isFalse();
    assertThat(new AddressGuard(true).allows(List.of())).isFalse();
  }
}
