package io.movingdata.stack;

import java.util.List;

/** The stack cannot run; the message names every reason and what to change. */
public final class StartException extends Exception {

  StartException(List<String> reasons, Throwable cause) {
    super(String.join("\n", reasons), cause);
  }
}
