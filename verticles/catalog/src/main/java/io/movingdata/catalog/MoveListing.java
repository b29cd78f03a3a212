package io.movingdata.catalog;

import io.movingdata.catalog.store.Filter;
import io.movingdata.core.contract.CatalogApi.MovePage;
import io.movingdata.core.contract.CatalogApi.MoveQuery;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.MoveRecord;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lists moves: active ones first, then the history, each newest first. A move that ends while
 * somebody pages may be seen twice, never not at all.
 */
final class MoveListing {
  private static final String ACTIVE = "active";
  private static final String ENDED = "ended";
  private static final Cursor START_OF_ACTIVE = new Cursor(ACTIVE, null, null, null);
  private static final Cursor START_OF_ENDED = new Cursor(ENDED, null, null, null);

  private final MoveRepository moves;

  MoveListing(MoveRepository moves) {
    this.moves = moves;
  }

  /** Carries out {@code CatalogApi.LIST_MOVES}. */
  Future<MovePage> list(MoveQuery query) {
    int limit = Ids.limit(query.limit());
    if (query.fileId() != null) {
      FileIds.require(query.fileId());
    }
    if (query.jobId() != null) {
      Ids.time("job_id", query.jobId());
    }
    Cursor cursor = start(query.cursor());
    if (cursor.order().equals(ENDED)) {
      return ended(query, cursor.id(), limit, List.of()).map(all -> page(all, limit, ENDED));
    }
    return moves
        .activeNewest(filter(query, "_id"), cursor.id(), limit + 1)
        .compose(
            active ->
                active.size() > limit
                    ? Future.succeededFuture(page(active, limit, ACTIVE))
                    : ended(query, null, limit, active).map(all -> joined(all, active, limit)));
  }

  private static Cursor start(String encoded) {
    Cursor cursor = encoded == null ? START_OF_ACTIVE : Cursor.decode(encoded, ACTIVE, ENDED);
    if (cursor.id() != null) {
      Ids.time("cursor", cursor.id());
    }
    return cursor;
  }

  /** What was found already and the ended moves that follow, one more than the limit at most. */
  private Future<List<MoveRecord>> ended(
      MoveQuery query, String before, int limit, List<MoveRecord> active) {
    if (query.state() != null && !query.state().terminal()) {
      return Future.succeededFuture(active);
    }
    // Those that are just ending stand in both places.
    int wanted = limit + 1;
    return moves
        .endedNewest(filter(query, "file_id"), before, wanted)
        .map(
            ended -> {
              Set<String> seen = new HashSet<>();
              List<MoveRecord> all = new ArrayList<>();
              for (List<MoveRecord> part : List.of(active, ended)) {
                part.stream().filter(move -> seen.add(move.moveId())).forEach(all::add);
              }
              return all;
            });
  }

  private static MovePage joined(List<MoveRecord> all, List<MoveRecord> active, int limit) {
    if (all.size() <= limit) {
      return new MovePage(all, null);
    }
    return active.size() == limit
        ? new MovePage(active, START_OF_ENDED.encode())
        : page(all, limit, ENDED);
  }

  private static MovePage page(List<MoveRecord> found, int limit, String order) {
    if (found.size() <= limit) {
      return new MovePage(found, null);
    }
    List<MoveRecord> moves = found.subList(0, limit);
    String last = moves.get(limit - 1).moveId();
    return new MovePage(moves, new Cursor(order, null, null, last).encode());
  }

  private static Filter filter(MoveQuery query, String fileField) {
    return new Filter()
        .isIfGiven("state", query.state() == null ? null : MoveRepository.wire(query.state()))
        .isIfGiven(fileField, query.fileId())
        .isIfGiven("job_id", query.jobId());
  }
}
