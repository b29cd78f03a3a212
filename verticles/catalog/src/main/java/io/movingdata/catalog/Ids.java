package io.movingdata.catalog;

import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.TimeId;
import java.util.List;
import java.util.regex.Pattern;

/** Checks the ids of requests before they reach a filter. */
final class Ids {
  private static final Pattern COPY = Pattern.compile("[0-9a-f]{32}");

  private Ids() {}

  /**
   * The copy id, if it is one.
   *
   * @throws MovingDataException invalid request naming {@code copy_id}
   */
  static String copy(String id) {
    if (id == null || !COPY.matcher(id).matches()) {
      throw MovingDataException.invalid("copy_id", "must be 32 lower-case hexadecimal digits");
    }
    return id;
  }

  /**
   * The time-ordered id, if it is one.
   *
   * @throws MovingDataException invalid request naming the field
   */
  static String time(String field, String id) {
    if (!TimeId.valid(id)) {
      throw MovingDataException.invalid(field, "is not an id of ours");
    }
    return id;
  }

  /**
   * The page size, if it is one.
   *
   * @throws MovingDataException invalid request naming {@code limit}
   */
  static int limit(int limit) {
    if (limit < 1 || limit > 1000) {
      throw MovingDataException.invalid("limit", "must be 1 to 1000");
    }
    return limit;
  }

  /**
   * The subjects of a request, if there are not too many.
   *
   * @throws MovingDataException invalid request
   */
  static <T> List<T> several(List<T> subjects) {
    if (subjects.size() > InsightApi.MOST) {
      throw MovingDataException.of(
          ErrorCode.INVALID_REQUEST, "more than " + InsightApi.MOST + " in one request");
    }
    return subjects;
  }
}
