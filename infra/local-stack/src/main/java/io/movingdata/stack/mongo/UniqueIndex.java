package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;

/** A unique index: from the values of its fields to the key of the one document that has them. */
final class UniqueIndex extends AbstractUniqueIndex<Object> implements ScannableIndex {

  private final MVMap<KeyValue, Object> entries;

  UniqueIndex(MVMap<KeyValue, Object> entries, String name, List<IndexKey> fields, boolean sparse) {
    super(name, fields, sparse);
    this.entries = entries;
  }

  @Override
  public List<IndexKey> order() {
    return getKeys().stream().map(field -> new IndexKey(field.getKey(), true)).toList();
  }

  @Override
  public MVMap<KeyValue, Object> entries() {
    return entries;
  }

  @Override
  protected Object getPosition(KeyValue key) {
    return entries.get(key);
  }

  @Override
  protected boolean putKeyPosition(KeyValue key, Object position) {
    return entries.putIfAbsent(key, Missing.ofNullable(position)) == null;
  }

  @Override
  protected Object removeDocument(KeyValue key) {
    return entries.remove(key);
  }

  @Override
  protected Iterable<Map.Entry<KeyValue, Object>> getIterable() {
    return entries.entrySet();
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
}
