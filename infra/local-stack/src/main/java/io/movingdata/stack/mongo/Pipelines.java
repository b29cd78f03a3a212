package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Aggregations that begin with a condition and only read: the condition is looked up in an index,
 * and where the rest only counts, as drivers count, nothing is read at all. The library reads the
 * whole collection first.
 */
final class Pipelines {
  private static final Set<String> READING = Set.of("$match", "$group", "$sort", "$limit", "$skip");
  private static final Document COUNT = new Document("_id", 1).append("n", new Document("$sum", 1));

  private Pipelines() {}

  /** The answer to an aggregation; empty where the library shall give it. */
  static Optional<Document> answer(Document command, MongoDatabase database) {
    List<Document> pipeline = Aggregation.parse(command.get("pipeline"));
    String name = String.valueOf(command.get("aggregate"));
    boolean suits =
        pipeline.size() > 1
            && pipeline.get(0).get("$match") instanceof Document
            && pipeline.stream().allMatch(stage -> READING.containsAll(stage.keySet()));
    if (!suits || !(database.resolveCollection(name, false) instanceof OrderedCollection found)) {
      return Optional.empty();
    }
    Document condition = (Document) pipeline.get(0).get("$match");
    List<Document> rest = pipeline.subList(1, pipeline.size());
    List<Document> result =
        rest.size() == 1 && COUNT.equals(rest.get(0).get("$group"))
            ? counted(found.count(condition, 0, 0))
            : Aggregation.fromPipeline(rest, null, database, found, null)
                .runStages(found.matching(condition));
    Document cursor =
        new Document("id", 0L)
            .append("ns", database.getDatabaseName() + "." + name)
            .append("firstBatch", result);
    return Optional.of(new Document("cursor", cursor).append("ok", 1.0));
  }

  private static List<Document> counted(int count) {
    return count == 0 ? List.of() : List.of(new Document("_id", 1).append("n", count));
  }
}
