package io.movingdata.core.config;

import com.fasterxml.jackson.annotation.JsonValue;

/** A value that cannot be printed by accident: text and JSON forms are masked. */
public final class Secret {
  private static final String MASK = "[hidden]";

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Wraps a value; null stays null. */
  public static Secret of(String value) {
    return value == null ? null : new Secret(value);
  }

  /** The value itself: for the one place that signs or logs in with it. */
  public String reveal() {
    return value;
  }

  @JsonValue
  @Override
  public String toString() {
    return MASK;
  }
}
