package io.movingdata.consistency.tool;

import io.movingdata.core.contract.DumpApi;
import io.movingdata.core.contract.DumpApi.DumpPage;
import io.movingdata.core.contract.DumpApi.DumpQuery;
import io.movingdata.core.json.Json;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The catalog's documents, collection by collection and page by page. */
public final class CatalogPages {
  private static final Duration PAGE_TIME = Duration.ofSeconds(30);
  private static final List<String> OBJECTS =
      List.of("files", "uploads", "garbage", "moves_active", "moves");

  private final NodeContext node;

  public CatalogPages(NodeContext node) {
    this.node = node;
  }

  /** Hands each page of a collection to {@code take}, in the order of ids. */
  public Future<Void> each(String collection, Function<List<String>, Future<Void>> take) {
    return from(collection, null, take);
  }

  /** The same, from an id on. */
  public Future<Void> each(
      String collection, String after, Function<List<String>, Future<Void>> take) {
    return from(collection, after, take);
  }

  /** Whether the ids of a collection are times. */
  public static boolean daily(String collection) {
    return DumpApi.DAILY.contains(collection);
  }

  private Future<Void> from(
      String collection, String after, Function<List<String>, Future<Void>> take) {
    return page(collection, after, DumpApi.MOST)
        .compose(
            page ->
                take.apply(page.documents())
                    .compose(
                        taken ->
                            page.next() == null
                                ? Future.succeededFuture()
                                : from(collection, page.next(), take)));
  }

  private Future<DumpPage> page(String collection, String after, int limit) {
    DumpQuery query = new DumpQuery(collection, after, limit);
    return Retries.run(
        node.vertx(), RetryPolicy.BUS, () -> node.bus().request(DumpApi.DUMP, query, PAGE_TIME));
  }

  /**
   * Hands each record of a collection to {@code take}.
   *
   * @param idField the record's component that is the document's id
   */
  public <T> Future<Void> records(
      String collection, String idField, Class<T> type, Consumer<T> take) {
    return each(
        collection,
        page -> {
          page.forEach(text -> take.accept(record(new JsonObject(text), idField, type)));
          return Future.succeededFuture();
        });
  }

  /** The record of a document. */
  public static <T> T record(JsonObject document, String idField, Class<T> type) {
    return Json.fromObject(document.put(idField, document.remove("_id")), type);
  }

  /** Fails with {@link NotEmptyException} where the catalog knows of any object. */
  public Future<Void> requireEmpty() {
    return occupied(0)
        .map(
            occupied -> {
              if (occupied.isPresent()) {
                throw new NotEmptyException(
                    "the database "
                        + node.config().mongo().database()
                        + " is not empty: it has documents in "
                        + occupied.get()
                        + ". Stop all nodes, then name an empty one (MONGO_DATABASE), or move this"
                        + " one away");
              }
              return null;
            });
  }

  private Future<Optional<String>> occupied(int index) {
    if (index == OBJECTS.size()) {
      return Future.succeededFuture(Optional.empty());
    }
    String collection = OBJECTS.get(index);
    return page(collection, null, 1)
        .compose(
            page ->
                page.documents().isEmpty()
                    ? occupied(index + 1)
                    : Future.succeededFuture(Optional.of(collection)));
  }
}
