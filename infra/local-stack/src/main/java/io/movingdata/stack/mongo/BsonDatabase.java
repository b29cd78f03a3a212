package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * A database whose documents and keys lie in the file as BSON. The H2 backend's own database
 * serialises Java objects, also to compare two keys, which makes it several times slower.
 */
final class BsonDatabase extends AbstractSynchronizedMongoDatabase<Object> {

  /** The H2 backend finds its databases by this prefix when it opens a file. */
  private static final String DOCUMENTS = "databases.";

  private static final String FIGURES = "figures.";
  private static final String INDEX = "index.";

  private final MVStore store;

  BsonDatabase(String name, MVStore store, CursorRegistry cursors) {
    super(name, cursors);
    this.store = store;
    initializeNamespacesAndIndexes();
  }

  @Override
  protected MongoCollection<Object> openOrCreateCollection(
      String collection, CollectionOptions options) {
    return new OrderedCollection(
        this, collection, options, documents(collection), figures(collection), cursorRegistry);
  }

  @Override
  protected Index<Object> openOrCreateUniqueIndex(
      String collection, String index, List<IndexKey> fields, boolean sparse) {
    return new UniqueIndex(entries(collection, index, List.of()), index, fields, sparse);
  }

  @Override
  protected Index<Object> openOrCreateSecondaryIndex(
      String collection, String index, List<IndexKey> fields, boolean sparse) {
    return new OrderedIndex(entries(collection, index, fields), index, fields);
  }

  @Override
  public Document handleCommand(
      Channel channel, String command, Document query, DatabaseResolver databases, Oplog oplog) {
    return command.equalsIgnoreCase("aggregate")
        ? Pipelines.answer(query, this)
            .orElseGet(() -> super.handleCommand(channel, command, query, databases, oplog))
        : super.handleCommand(channel, command, query, databases, oplog);
  }

  @Override
  protected void dropIndex(MongoCollection<Object> collection, String index) {
    super.dropIndex(collection, index);
    store.removeMap(entries(collection.getCollectionName(), index, List.of()));
  }

  @Override
  public void dropCollection(String collection, Oplog oplog) {
    super.dropCollection(collection, oplog);
    store.removeMap(documents(collection));
    store.removeMap(figures(collection));
  }

  @Override
  public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String newName) {
    throw new UnsupportedOperationException("this store does not rename collections");
  }

  @Override
  protected long getStorageSize() {
    return store.getFileStore().size();
  }

  @Override
  protected long getFileSize() {
    return getStorageSize();
  }

  private MVMap<Object, Document> documents(String collection) {
    return store.openMap(
        DOCUMENTS + getFullCollectionNamespace(collection),
        new MVMap.Builder<Object, Document>()
            .keyType(ValueType.INSTANCE)
            .valueType(new DocumentType()));
  }

  private MVMap<String, Object> figures(String collection) {
    return store.openMap(FIGURES + getFullCollectionNamespace(collection));
  }

  private MVMap<KeyValue, Object> entries(String collection, String index, List<IndexKey> fields) {
    return store.openMap(
        INDEX + getFullCollectionNamespace(collection) + "." + index,
        new MVMap.Builder<KeyValue, Object>()
            .keyType(new KeyType(fields))
            .valueType(ValueType.INSTANCE));
  }
}
