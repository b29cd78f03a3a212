package io.movingdata.gateway.http;

import io.movingdata.core.error.MovingDataException;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with a request, so that one answer names it all. */
final class FieldErrors {
  private final List<MovingDataException.FieldError> found = new ArrayList<>();

  void add(String field, String message) {
    found.add(new MovingDataException.FieldError(field, message));
  }

  /** How much is wrong so far. */
  int count() {
    return found.size();
  }

  /**
   * Ends the check.
   *
   * @throws MovingDataException invalid request naming each field, if any was wrong
   */
  void check() {
    if (!found.isEmpty()) {
      throw MovingDataException.invalid(found);
    }
  }
}
