package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.Filter;
import io.movingdata.catalog.store.Indexes;
import io.movingdata.core.contract.CatalogApi.Count;
import io.movingdata.core.contract.DumpApi;
import io.movingdata.core.contract.DumpApi.Documents;
import io.movingdata.core.contract.DumpApi.DumpPage;
import io.movingdata.core.contract.DumpApi.DumpQuery;
import io.movingdata.core.contract.DumpApi.Files;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.TimeId;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads collections page by page as they are stored, and puts documents where there are none. */
final class DumpService {
  /** Text of one page; a document that alone has more is a page of its own. */
  private static final int PAGE_CHARACTERS = 2_000_000;

  private static final JsonObject BY_ID = new JsonObject().put("_id", 1);
  private static final DocumentLayout<FileRecord> FILES =
      new DocumentLayout<>(FileRecord.class, "id");
  private static final Map<String, List<String>> INDEXED =
      Map.of("moves", List.of("file_id", "job_id"), "audit", List.of("file_id", "move_id"));

  private final DocumentStore store;
  private final Clock clock;
  private final Set<String> prepared = new HashSet<>();

  DumpService(DocumentStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Carries out {@code DumpApi.DUMP}. */
  Future<DumpPage> dump(DumpQuery query) {
    if (query.limit() < 1 || query.limit() > DumpApi.MOST) {
      throw MovingDataException.invalid("limit", "must be 1 to " + DumpApi.MOST);
    }
    if (DumpApi.PLAIN.contains(checked(query.collection()))) {
      return find(query.collection(), query.after(), query.limit())
          .map(found -> page(found, query.limit()));
    }
    String first = query.after() == null ? "" : name(query.collection(), day(query.after()));
    return store
        .collections()
        .compose(
            names ->
                collect(
                    names.stream()
                        .filter(name -> name.matches(query.collection() + "_[0-9]{8}"))
                        .filter(name -> name.compareTo(first) >= 0)
                        .sorted()
                        .toList(),
                    0,
                    query,
                    new ArrayList<>()))
        .map(found -> page(found, query.limit()));
  }

  private static String checked(String collection) {
    if (collection == null
        || !(DumpApi.PLAIN.contains(collection) || DumpApi.DAILY.contains(collection))) {
      throw MovingDataException.invalid("collection", "is none that can be read or restored");
    }
    return collection;
  }

  private static LocalDate day(String id) {
    return TimeId.day(Ids.time("after", id));
  }

  private static String name(String collection, LocalDate day) {
    return collection + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
  }

  private Future<List<JsonObject>> find(String name, String after, int limit) {
    Filter filter = after == null ? new Filter() : new Filter().above("_id", after);
    return store.find(name, filter.json(), BY_ID, limit, null);
  }

  private Future<List<JsonObject>> collect(
      List<String> days, int next, DumpQuery query, List<JsonObject> found) {
    if (next == days.size() || found.size() >= query.limit()) {
      return Future.succeededFuture(found);
    }
    return find(days.get(next), query.after(), query.limit() - found.size())
        .compose(
            some -> {
              found.addAll(some);
              return collect(days, next + 1, query, found);
            });
  }

  private static DumpPage page(List<JsonObject> found, int limit) {
    List<String> documents = new ArrayList<>();
    long characters = 0;
    for (JsonObject document : found) {
      String text = document.encode();
      characters += text.length();
      if (!documents.isEmpty() && characters > PAGE_CHARACTERS) {
        break;
      }
      documents.add(text);
    }
    boolean all = documents.size() == found.size() && found.size() < limit;
    return new DumpPage(documents, all ? null : found.get(documents.size() - 1).getString("_id"));
  }

  /** Carries out {@code DumpApi.RESTORE}. */
  Future<Count> restore(Documents request) {
    checked(request.collection());
    List<JsonObject> documents = request.documents().stream().map(DumpService::parsed).toList();
    atMost(documents);
    if (DumpApi.PLAIN.contains(request.collection())) {
      return insert(request.collection(), documents);
    }
    Map<LocalDate, List<JsonObject>> byDay =
        documents.stream()
            .collect(
                Collectors.groupingBy(
                    document -> TimeId.day(Ids.time("_id", document.getString("_id"))),
                    TreeMap::new,
                    Collectors.toList()));
    List<Future<Count>> days = new ArrayList<>();
    byDay.forEach(
        (day, some) -> {
          String name = name(request.collection(), day);
          days.add(prepare(request.collection(), name).compose(ready -> insert(name, some)));
        });
    return Future.all(days)
        .map(all -> new Count(all.<Count>list().stream().mapToLong(Count::count).sum()));
  }

  private static JsonObject parsed(String text) {
    try {
      JsonObject document = new JsonObject(text);
      if (document.getValue("_id") instanceof String) {
        return document;
      }
    } catch (DecodeException e) {
      throw MovingDataException.invalid("documents", "must be JSON");
    }
    throw MovingDataException.invalid("documents", "must each have an _id");
  }

  private static void atMost(List<?> documents) {
    if (documents.size() > DumpApi.MOST) {
      throw MovingDataException.invalid("documents", "must be at most " + DumpApi.MOST);
    }
  }

  private Future<Void> prepare(String collection, String name) {
    return prepared.contains(name)
        ? Future.succeededFuture()
        : Indexes.ensureDaily(store, name, INDEXED.get(collection))
            .onSuccess(done -> prepared.add(name));
  }

  private Future<Count> insert(String name, List<JsonObject> documents) {
    return Future.all(documents.stream().map(one -> store.insert(name, one)).toList())
        .map(all -> new Count(all.<Boolean>list().stream().filter(added -> added).count()));
  }

  /** Carries out {@code DumpApi.RESTORE_FILES}. */
  Future<Count> restoreFiles(Files request) {
    atMost(request.files());
    List<JsonObject> documents = new ArrayList<>();
    for (FileRecord file : request.files()) {
      FileIds.require(file.id());
      if (file.deleted() || file.primaryReplica().isEmpty() || file.contentId() == null) {
        throw MovingDataException.invalid("files", "must each have content and a primary copy");
      }
      file.replicas().forEach(copy -> Ids.copy(copy.copyId()));
      documents.add(FILES.toDocument(file.atVersion(Versions.first(clock.instant()))));
    }
    return insert("files", documents);
  }
}
