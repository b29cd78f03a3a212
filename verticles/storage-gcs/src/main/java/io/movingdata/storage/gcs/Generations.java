package io.movingdata.storage.gcs;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import java.util.regex.Pattern;

/**
 * An object's generation as its entity tag: {@code g} and the number. Conditions on a generation
 * hold for reads and deletes alike, which the provider's own ETag does not offer in its JSON API.
 */
final class Generations {
  private static final Pattern TAG = Pattern.compile("g\\d{1,18}");

  private Generations() {}

  /** The entity tag of a generation. */
  static String tag(long generation) {
    return "g" + generation;
  }

  /**
   * The generation of an entity tag, null for null.
   *
   * @throws MovingDataException {@code PRECONDITION_FAILED} where no generation can have that tag
   */
  static Long of(String tag) {
    if (tag == null) {
      return null;
    }
    if (!TAG.matcher(tag).matches()) {
      throw MovingDataException.of(
          ErrorCode.PRECONDITION_FAILED, "the object does not have the expected entity tag");
    }
    return Long.valueOf(tag.substring(1));
  }
}
