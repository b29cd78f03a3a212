package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.MVMap;

/**
 * A collection that reads what a query can match from the index where that is least, in the wanted
 * order where an index has it. The library uses an index only for queries that name exactly its
 * fields, and reads and sorts everything for all others.
 */
final class OrderedCollection extends H2Collection {
  /** A sorted page is expected to be full after so many entries for each document of it. */
  private static final long ENTRIES_FOR_ONE = 4;

  OrderedCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      MVMap<Object, Document> documents,
      MVMap<String, Object> figures,
      CursorRegistry cursors) {
    super(database, name, options, documents, figures, cursors);
  }

  @Override
  protected QueryResult queryDocuments(
      Document query, Document orderBy, int skip, int limit, int batchSize, Document fields) {
    if (exactly(query)) {
      return super.queryDocuments(query, orderBy, skip, limit, batchSize, fields);
    }
    boolean sorts = orderBy != null && !orderBy.isEmpty() && !orderBy.containsKey("$natural");
    IndexScan best = null;
    Conditions conditions = Conditions.of(query);
    // Ids that match a pattern are found in an index sooner than in the documents.
    long least = conditions.patterned() ? Long.MAX_VALUE : count();
    for (IndexScan scan : scans(conditions)) {
      long cost = scan.rows();
      if (sorts && limit > 0 && scan.direction(orderBy) != 0) {
        cost = Math.min(cost, ENTRIES_FOR_ONE * (skip + limit));
      }
      if (cost < least) {
        least = cost;
        best = scan;
      }
    }
    if (best == null) {
      return super.queryDocuments(query, orderBy, skip, limit, batchSize, fields);
    }
    int direction = sorts ? best.direction(orderBy) : 0;
    return matchDocumentsFromStream(
        best.positions(direction < 0, conditions::allows).map(this::getDocument),
        query,
        direction == 0 ? orderBy : null,
        skip,
        limit,
        batchSize,
        fields);
  }

  @Override
  public int count(Document query, int skip, int limit) {
    if (query != null && skip == 0 && limit <= 0) {
      Conditions conditions = Conditions.of(query);
      for (IndexScan scan : scans(conditions)) {
        if (conditions.complete() && scan.used() > 0 && scan.used() == conditions.fields()) {
          return conditions.patterned()
              ? (int) scan.positions(false, conditions::allows).count()
              : (int) scan.rows();
        }
      }
    }
    return super.count(query, skip, limit);
  }

  /** The documents that match, for the first stage of a pipeline. */
  Stream<Document> matching(Document query) {
    return StreamSupport.stream(queryDocuments(query, null, 0, 0, 0, null).spliterator(), false);
  }

  private boolean exactly(Document query) {
    return getIndexes().stream().anyMatch(index -> index.canHandle(query));
  }

  private List<IndexScan> scans(Conditions conditions) {
    List<IndexScan> scans = new ArrayList<>();
    for (Index<Object> index : getIndexes()) {
      if (index instanceof ScannableIndex ordered) {
        scans.add(IndexScan.of(ordered, conditions));
      }
    }
    return scans;
  }
}
