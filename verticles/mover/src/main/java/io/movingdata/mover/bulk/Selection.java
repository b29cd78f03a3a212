package io.movingdata.mover.bulk;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.Selector;
import io.vertx.core.Future;
import java.util.stream.Stream;

/** Which files a bulk operation means, and which of them need anything done. */
final class Selection {
  static final int PAGE = 250;

  private Selection() {}

  /** Refuses an empty selector: nobody moves everything by leaving a field out. */
  static void check(Selector selector) {
    boolean empty =
        selector == null
            || Stream.of(
                    selector.ids(),
                    selector.prefix(),
                    selector.location(),
                    selector.tier(),
                    selector.olderThan(),
                    selector.minBytes(),
                    selector.maxBytes())
                .allMatch(condition -> condition == null);
    if (empty) {
      throw MovingDataException.invalid(
          "selector",
          "needs at least one of ids, prefix, location, tier, older_than, min_bytes, max_bytes");
    }
    if (selector.ids() != null) {
      selector.ids().forEach(FileIds::require);
    }
  }

  static Future<CatalogApi.FilePage> page(Bus bus, Selector selector, String cursor) {
    return bus.request(
        CatalogApi.LIST_FILES,
        new CatalogApi.FileQuery(selector, null, null, "id", PAGE, cursor, false));
  }

  static boolean there(FileRecord file, String target, MoveKind kind) {
    return kind == MoveKind.COPY
        ? file.verifiedAt(target).isPresent()
        : file.primary().equals(target);
  }
}
