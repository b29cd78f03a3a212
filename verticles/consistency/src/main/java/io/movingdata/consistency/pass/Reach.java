package io.movingdata.consistency.pass;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;

/** Whose failure a failure is. */
final class Reach {
  private Reach() {}

  /** Whether the catalog could not be asked. */
  static boolean isCatalog(Throwable failure) {
    return MovingDataException.is(failure, ErrorCode.CATALOG_DOWN);
  }
}
