package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * The part of an index between two bounds that holds all that a query can match.
 *
 * @param from before the first entry, null for the index's first
 * @param to after the last entry, null for the index's last
 * @param used how many of the query's fields the bounds stand for
 * @param fixed how many of the index's fields have one value in it
 */
record IndexScan(ScannableIndex index, KeyValue from, KeyValue to, int used, int fixed) {

  /** The narrowest part of an index for a query's conditions. */
  static IndexScan of(ScannableIndex index, Conditions conditions) {
    List<Object> values = new ArrayList<>();
    for (IndexKey field : index.order()) {
      FieldRange range = conditions.range(field.getKey());
      if (range == null) {
        break;
      }
      if (!range.single()) {
        return between(index, values, range, field.isAscending());
      }
      values.add(range.low());
    }
    int fixed = values.size();
    return fixed == 0
        ? new IndexScan(index, null, null, 0, 0)
        : new IndexScan(index, KeyValues.before(values), KeyValues.after(values), fixed, fixed);
  }

  private static IndexScan between(
      ScannableIndex index, List<Object> values, FieldRange range, boolean ascending) {
    List<Object> low = with(values, range.low());
    List<Object> high = with(values, range.high());
    List<Object> first = ascending ? low : high;
    List<Object> last = ascending ? high : low;
    boolean firstIncluded = ascending ? range.lowIncluded() : range.highIncluded();
    boolean lastIncluded = ascending ? range.highIncluded() : range.lowIncluded();
    return new IndexScan(
        index,
        firstIncluded ? KeyValues.before(first) : KeyValues.after(first),
        lastIncluded ? KeyValues.after(last) : KeyValues.before(last),
        values.size() + 1,
        values.size());
  }

  private static List<Object> with(List<Object> values, Object next) {
    List<Object> all = new ArrayList<>(values);
    all.add(next);
    return all;
  }

  /** How many entries lie in it. */
  long rows() {
    MVMap<KeyValue, Object> entries = index.entries();
    long first = from == null ? 0 : place(entries.getKeyIndex(from));
    long end = to == null ? entries.sizeAsLong() : place(entries.getKeyIndex(to));
    return Math.max(0, end - first);
  }

  private static long place(long keyIndex) {
    return keyIndex >= 0 ? keyIndex : -keyIndex - 1;
  }

  /** 1 or -1 where its entries lie in the wanted order, or in the opposite one; otherwise 0. */
  int direction(Document orderBy) {
    int at = fixed;
    int direction = 0;
    for (Map.Entry<String, Object> wanted : orderBy.entrySet()) {
      if (at == index.order().size()) {
        return 0;
      }
      IndexKey field = index.order().get(at++);
      boolean ascending = ((Number) wanted.getValue()).intValue() > 0;
      int here = field.isAscending() == ascending ? 1 : -1;
      if (!field.getKey().equals(wanted.getKey()) || (direction != 0 && here != direction)) {
        return 0;
      }
      direction = here;
    }
    return direction;
  }

  /** The positions in it that are allowed, each once. */
  Stream<Object> positions(boolean backwards, Predicate<Object> allowed) {
    MVMap<KeyValue, Object> entries = index.entries();
    Cursor<KeyValue, Object> cursor =
        backwards ? entries.cursor(to, from, true) : entries.cursor(from, to, false);
    Iterator<Object> all =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return cursor.hasNext();
          }

          @Override
          public Object next() {
            cursor.next();
            return Objects.requireNonNull(cursor.getValue());
          }
        };
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED), false)
        .filter(allowed);
  }
}
