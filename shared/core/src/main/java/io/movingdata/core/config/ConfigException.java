package io.movingdata.core.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used: every fault in one message. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigFault> faults;

  /** A configuration with at least one fault. */
  public ConfigException(List<ConfigFault> faults) {
    super(text(faults));
    this.faults = List.copyOf(faults);
  }

  /** All that is wrong, in the order in which it was found. */
  public List<ConfigFault> faults() {
    return faults;
  }

  private static String text(List<ConfigFault> faults) {
    String count = faults.size() == 1 ? "a fault" : faults.size() + " faults";
    return faults.stream()
        .map(fault -> "\n  " + fault)
        .collect(Collectors.joining("", "the configuration has " + count + ":", ""));
  }
}
