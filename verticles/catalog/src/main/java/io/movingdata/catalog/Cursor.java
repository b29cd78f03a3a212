package io.movingdata.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.List;

/**
 * Where a page ended: the sort value and id of its last entry, so that the next page is right
 * whatever changes in between. Clients see it as an opaque text.
 *
 * @param order which listing it belongs to
 * @param number the sort value where that is a number, else null
 * @param text the sort value where that is text, else null
 * @param id the id of the last entry, null before the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Cursor(String order, Long number, String text, String id) {
  /** The cursor as a client holds it. */
  String encode() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.toBuffer(this).getBytes());
  }

  /**
   * The cursor that a client sent.
   *
   * @throws MovingDataException invalid request when it is none of ours, or of other listings
   */
  static Cursor decode(String encoded, String... orders) {
    Cursor cursor;
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(encoded);
      cursor = Json.fromBuffer(Buffer.buffer(bytes), Cursor.class);
    } catch (IllegalArgumentException | MovingDataException e) {
      throw MovingDataException.invalid("cursor", "is none of ours");
    }
    if (!List.of(orders).contains(String.valueOf(cursor.order()))) {
      throw MovingDataException.invalid("cursor", "belongs to another listing");
    }
    return cursor;
  }
}
