package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.Filter;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import io.vertx.core.json.JsonObject;

/** An order in which files are listed: one field and, among equals, the id. */
record FileOrder(String name, String field, boolean descending) {
  private static final String ID = "_id";

  /**
   * The order of a name: {@code id}, {@code size}, {@code updated}, descending with a leading dash.
   *
   * @throws MovingDataException invalid request when there is no such order
   */
  static FileOrder of(String name) {
    String given = name == null ? "id" : name;
    boolean descending = given.startsWith("-");
    String field =
        switch (descending ? given.substring(1) : given) {
          case "id" -> ID;
          case "size" -> "size_bytes";
          case "updated" -> "updated_at";
          default ->
              throw MovingDataException.invalid(
                  "sort", "must be id, size or updated, with a leading dash for descending");
        };
    return new FileOrder(given, field, descending);
  }

  /** The sort document. */
  JsonObject sort() {
    int direction = descending ? -1 : 1;
    JsonObject sort = new JsonObject().put(field, direction);
    return field.equals(ID) ? sort : sort.put(ID, direction);
  }

  /** Where a page ends that ends with a file. */
  Cursor cursorAt(FileRecord last) {
    return switch (field) {
      case "size_bytes" -> new Cursor(name, last.sizeBytes(), null, last.id());
      case "updated_at" -> new Cursor(name, null, DocumentLayout.time(last.updatedAt()), last.id());
      default -> new Cursor(name, null, null, last.id());
    };
  }

  /**
   * Narrows a filter to what follows a cursor.
   *
   * @throws MovingDataException invalid request when the cursor has no value of this order
   */
  void after(Cursor cursor, Filter filter) {
    Object value =
        switch (field) {
          case "size_bytes" -> cursor.number();
          case "updated_at" -> cursor.text();
          default -> cursor.id();
        };
    if (value == null || cursor.id() == null) {
      throw MovingDataException.invalid("cursor", "is none of ours");
    }
    if (field.equals(ID)) {
      beyond(filter, ID, cursor.id());
      return;
    }
    // The first condition follows from the others; it tells the store where to begin.
    (descending ? filter.atMost(field, value) : filter.atLeast(field, value))
        .either(
            beyond(new Filter(), field, value),
            beyond(new Filter().is(field, value), ID, cursor.id()));
  }

  private Filter beyond(Filter filter, String of, Object value) {
    return descending ? filter.below(of, value) : filter.above(of, value);
  }
}
