package io.movingdata.core.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytePoolTest {
  private static final int MIB = 1 << 20;

  @Test
  void anArrayGivenBackIsTakenAgainByItsExactLengthOnly() {
    BytePool pool = new BytePool(10 * MIB);
    byte[] array = pool.take(MIB);
    pool.give(array);
    assertThat(pool.take(MIB + 1)).hasSize(MIB + 1);
    assertThat(pool.take(MIB)).isSameAs(array);
    assertThat(pool.take(MIB)).isNotSameAs(array).hasSize(MIB);
  }

  @Test
  void theArraysGivenBackLongestAgoLeaveAFullPool() {
    BytePool pool = new BytePool(3 * MIB);
    byte[] oldest = new byte[MIB];
    byte[] newest = new byte[MIB];
    pool.give(oldest);
    pool.give(new byte[2 * MIB]);
    pool.give(newest);
    assertThat(pool.retained()).isEqualTo(3 * MIB);
    assertThat(pool.take(MIB)).isSameAs(newest);
    assertThat(pool.take(MIB)).isNotSameAs(oldest);
    assertThat(pool.retained()).isEqualTo(2 * MIB);
  }

  @Test
  void smallAndOversizedArraysAreNotKept() {
    BytePool pool = new BytePool(MIB);
    pool.give(new byte[1000]);
    pool.give(new byte[2 * MIB]);
    assertThat(pool.retained()).isZero();
    BytePool none = new BytePool(0);
    none.give(new byte[MIB]);
    assertThat(none.retained()).isZero();
  }
}
