package io.movingdata.stack;

import java.util.List;

/** The command line is wrong; the message names every fault at once. */
public final class UsageException extends Exception {

  UsageException(List<String> faults) {
    super(String.join("\n", faults));
  }
}
