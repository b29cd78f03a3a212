package io.movingdata.testkit.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** A collection of documents with versions; each method is one atomic step. */
final class Documents<T> {
  private final Map<String, T> byId = new LinkedHashMap<>();
  private final ToLongFunction<T> version;
  private BiConsumer<T, T> listener = (before, after) -> {};

  Documents(ToLongFunction<T> version) {
    this.version = version;
  }

  /** Tells somebody of each change. */
  void listen(BiConsumer<T, T> changed) {
    listener = changed;
  }

  Optional<T> get(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Adds a document; false: its id is taken. */
  boolean insert(String id, T document) {
    if (byId.putIfAbsent(id, document) != null) {
      return false;
    }
    listener.accept(null, document);
    return true;
  }

  /** Puts a document in place of the one of a version; false: there is none. */
  boolean replace(String id, long expected, T document) {
    if (!isAt(id, expected)) {
      return false;
    }
    listener.accept(byId.put(id, document), document);
    return true;
  }

  /** Removes the document of a version; false: there is none. */
  boolean remove(String id, long expected) {
    return isAt(id, expected) && remove(id);
  }

  boolean remove(String id) {
    T removed = byId.remove(id);
    if (removed != null) {
      listener.accept(removed, null);
    }
    return removed != null;
  }

  void removeIf(Predicate<T> over) {
    List<T> gone = byId.values().stream().filter(over).toList();
    byId.values().removeAll(gone);
    gone.forEach(document -> listener.accept(document, null));
  }

  List<T> find(Predicate<T> wanted, Comparator<T> order, int limit) {
    return byId.values().stream().filter(wanted).sorted(order).limit(limit).toList();
  }

  Collection<T> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  private boolean isAt(String id, long expected) {
    T present = byId.get(id);
    return present != null && version.applyAsLong(present) == expected;
  }
}
