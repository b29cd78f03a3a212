package io.movingdata.consistency.pass;

import io.movingdata.consistency.verify.CopyCheck.Expected;
import io.movingdata.core.model.FileRecord;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What the catalog expects at a location, a {@link Window} at a time. */
final class Expectations {
  private final Catalog catalog;
  private final String location;
  private final int capacity;

  Expectations(Catalog catalog, String location, int capacity) {
    this.catalog = catalog;
    this.location = location;
    this.capacity = capacity;
  }

  /**
   * The next copies.
   *
   * @param key those after this one, all where it is null
   * @param also sees every file that is read for it
   */
  Future<Window> after(String key, Consumer<FileRecord> also, BooleanSupplier stopped) {
    Window next = new Window(key, capacity);
    return catalog
        .eachFile(
            file -> {
              offer(next, file);
              also.accept(file);
            },
            stopped)
        .map(all -> next.close());
  }

  private void offer(Window into, FileRecord file) {
    file.replicas().stream()
        .filter(copy -> copy.location().equals(location))
        .forEach(copy -> into.offer(Expected.of(file.id(), copy)));
  }
}
