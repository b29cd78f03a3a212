package io.movingdata.catalog.store;

import io.movingdata.core.model.TimeId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Records that are kept for some days, in a collection a day, so that forgetting a day costs
 * nothing. The day is that of the record's time-ordered id.
 */
public final class DailyCollection<T> {
  private final DocumentStore store;
  private final String prefix;
  private final DocumentLayout<T> layout;
  private final List<String> indexed;
  private final Set<LocalDate> prepared = new HashSet<>();

  /** Collections named {@code prefix} and the day; {@code indexed}: fields that queries name. */
  public DailyCollection(
      DocumentStore store, String prefix, DocumentLayout<T> layout, List<String> indexed) {
    this.store = store;
    this.prefix = prefix;
    this.layout = layout;
    this.indexed = indexed;
  }

  /** The record of an id. */
  public Future<Optional<T>> get(String id) {
    return store.get(name(TimeId.day(id)), id).map(found -> found.map(layout::fromDocument));
  }

  /** Adds a record; false: its id is taken. */
  public Future<Boolean> insert(T value) {
    JsonObject document = layout.toDocument(value);
    LocalDate day = dayOf(document);
    return prepare(day).compose(ready -> store.insert(name(day), document));
  }

  /** Adds those records whose ids are not taken. */
  public Future<Void> insertMissing(List<T> values) {
    Map<LocalDate, List<JsonObject>> byDay =
        values.stream()
            .map(layout::toDocument)
            .collect(
                Collectors.groupingBy(DailyCollection::dayOf, TreeMap::new, Collectors.toList()));
    return Future.all(
            byDay.entrySet().stream()
                .map(
                    day ->
                        prepare(day.getKey())
                            .compose(
                                ready -> store.insertMissing(name(day.getKey()), day.getValue())))
                .toList())
        .mapEmpty();
  }

  /** Puts a record in place of the one of its id and a version; false: there is none. */
  public Future<Boolean> replace(T value, long version) {
    JsonObject document = layout.toDocument(value);
    return store.replace(name(dayOf(document)), document, version);
  }

  /** Groups the records of a day that match; as the store's {@code $group} stage. */
  public Future<List<JsonObject>> group(LocalDate day, JsonObject filter, JsonObject group) {
    return store.aggregate(
        name(day),
        new JsonArray()
            .add(new JsonObject().put("$match", filter))
            .add(new JsonObject().put("$group", group)));
  }

  /**
   * Records that match, newest first, from the days wanted.
   *
   * @param before only those with a smaller id; null for no bound
   */
  public Future<List<T>> newest(
      Filter filter, Predicate<LocalDate> wanted, String before, int limit) {
    LocalDate last = before == null ? LocalDate.MAX : TimeId.day(before);
    return days()
        .compose(
            days -> {
              List<LocalDate> range =
                  days.stream().filter(wanted).filter(day -> !day.isAfter(last)).toList();
              if (before != null) {
                filter.below("_id", before);
              }
              return collect(filter.json(), range, 0, limit, new ArrayList<>());
            });
  }

  private Future<List<T>> collect(
      JsonObject filter, List<LocalDate> days, int next, int limit, List<T> found) {
    if (next == days.size() || found.size() >= limit) {
      return Future.succeededFuture(found);
    }
    JsonObject newestFirst = new JsonObject().put("_id", -1);
    return store
        .find(name(days.get(next)), filter, newestFirst, limit - found.size(), null)
        .compose(
            page -> {
              page.forEach(document -> found.add(layout.fromDocument(document)));
              return collect(filter, days, next + 1, limit, found);
            });
  }

  /** How many records there are. */
  public Future<Long> count() {
    return days()
        .compose(
            days ->
                Future.all(
                    days.stream().map(day -> store.count(name(day), new JsonObject())).toList()))
        .map(counts -> counts.<Long>list().stream().mapToLong(Long::longValue).sum());
  }

  /** Forgets the days before one. */
  public Future<Void> dropBefore(LocalDate first) {
    return days()
        .compose(
            days ->
                Future.all(
                    days.stream()
                        .filter(day -> day.isBefore(first))
                        .map(day -> store.drop(name(day)))
                        .toList()))
        .mapEmpty();
  }

  /** The days that there are, newest first. */
  public Future<List<LocalDate>> days() {
    return store
        .collections()
        .map(
            names ->
                names.stream()
                    .map(this::dayOf)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.reverseOrder())
                    .toList());
  }

  private Future<Void> prepare(LocalDate day) {
    if (prepared.contains(day)) {
      return Future.succeededFuture();
    }
    return Indexes.ensureDaily(store, name(day), indexed).onSuccess(done -> prepared.add(day));
  }

  private String name(LocalDate day) {
    return prefix + DateTimeFormatter.BASIC_ISO_DATE.format(day);
  }

  private Optional<LocalDate> dayOf(String collection) {
    String day = collection.startsWith(prefix) ? collection.substring(prefix.length()) : "";
    try {
      return Optional.of(LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static LocalDate dayOf(JsonObject document) {
    return TimeId.day(document.getString("_id"));
  }
}
