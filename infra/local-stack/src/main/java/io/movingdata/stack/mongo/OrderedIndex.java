package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.h2.mvstore.MVMap;

/**
 * A secondary index, which the server's library lacks: entries in the order of its fields, for
 * ranges, sorting and counting. {@link OrderedCollection} reads it; the library only keeps it up to
 * date.
 */
final class OrderedIndex extends Index<Object> implements ScannableIndex {
  private final MVMap<KeyValue, Object> entries;

  OrderedIndex(MVMap<KeyValue, Object> entries, String name, List<IndexKey> fields) {
    super(name, fields, false);
    this.entries = entries;
  }

  @Override
  public List<IndexKey> order() {
    return getKeys();
  }

  @Override
  public MVMap<KeyValue, Object> entries() {
    return entries;
  }

  private static Object positionOf(Document document) {
    return Missing.ofNullable(document.get("_id"));
  }

  @Override
  public Object getPosition(Document document) {
    return positionOf(document);
  }

  @Override
  public void checkAdd(Document document, MongoCollection<Object> collection) {}

  @Override
  public void add(Document document, Object position, MongoCollection<Object> collection) {
    for (KeyValue values : getKeyValues(document)) {
      entries.put(KeyValues.entry(values, positionOf(document)), positionOf(document));
    }
  }

  @Override
  public Object remove(Document document) {
    for (KeyValue values : getKeyValues(document)) {
      entries.remove(KeyValues.entry(values, positionOf(document)));
    }
    return positionOf(document);
  }

  @Override
  public void checkUpdate(
      Document oldDocument, Document newDocument, MongoCollection<Object> collection) {}

  @Override
  public void updateInPlace(
      Document oldDocument,
      Document newDocument,
      Object position,
      MongoCollection<Object> collection) {
    if (!nullAwareEqualsKeys(oldDocument, newDocument)) {
      remove(oldDocument);
      add(newDocument, position, collection);
    }
  }

  @Override
  public boolean canHandle(Document query) {
    return false;
  }

  @Override
  public Iterable<Object> getPositions(Document query) {
    throw new IllegalStateException("an ordered index is read by its collection");
  }

  @Override
  public long getCount() {
    return entries.sizeAsLong();
  }

  @Override
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  @Override
  public long getDataSize() {
    return getCount();
  }

  @Override
  public void drop() {
    entries.clear();
  }
}
