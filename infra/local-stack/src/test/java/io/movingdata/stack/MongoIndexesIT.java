package io.movingdata.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collection with indexes answers as one without: the same documents in the same order. */
class MongoIndexesIT {
  private static final long SEED = 20_261_125;
  private static final List<Document> SORTS =
      List.of(
          new Document("priority", -1).append("at", 1).append("_id", 1),
          new Document("priority", 1).append("at", -1).append("_id", -1),
          new Document("at", 1).append("_id", 1),
          new Document("at", -1).append("_id", -1),
          new Document("_id", 1),
          new Document("_id", -1),
          new Document("job", 1).append("_id", 1),
          new Document("size", 1).append("_id", 1),
          new Document("size", -1).append("_id", -1));

  @TempDir Path data;

  private final Random random = new Random(SEED);

  @Test
  void indexesChangeNoAnswer() throws Exception {
    try (StackProcess stack = StackProcess.start(data, "mongo");
        MongoClient client = MongoClients.create(stack.endpoint("mongo"))) {
      MongoDatabase database = client.getDatabase("indexes");
      MongoCollection<Document> plain = database.getCollection("plain");
      MongoCollection<Document> indexed = database.getCollection("indexed");
      fill(plain, indexed, 0, 150);
      index(indexed);
      fill(plain, indexed, 150, 300);
      compare(plain, indexed, 400);
      change(plain, indexed);
      compare(plain, indexed, 400);
    }
    try (StackProcess stack = StackProcess.start(data, "mongo");
        MongoClient client = MongoClients.create(stack.endpoint("mongo"))) {
      MongoDatabase database = client.getDatabase("indexes");
      compare(database.getCollection("plain"), database.getCollection("indexed"), 200);
    }
  }

  private static void index(MongoCollection<Document> indexed) {
    indexed.createIndex(new Document("priority", -1).append("at", 1));
    indexed.createIndex(new Document("at", 1));
    indexed.createIndex(new Document("job", 1).append("state", 1));
    indexed.createIndex(new Document("state", 1).append("_id", 1));
    indexed.createIndex(new Document("size", 1).append("_id", 1));
    indexed.createIndex(new Document("large", 1));
    indexed.createIndex(
        new Document("_id", 1).append("version", 1),
        new com.mongodb.client.model.IndexOptions().unique(true));
  }

  private void fill(
      MongoCollection<Document> plain, MongoCollection<Document> indexed, int from, int to) {
    List<Document> documents = new ArrayList<>();
    for (int i = from; i < to; i++) {
      documents.add(document(i));
    }
    plain.insertMany(documents);
    indexed.insertMany(documents);
  }

  private Document document(int number) {
    Document document =
        new Document("_id", id(number)).append("version", 1L).append("priority", random.nextInt(4));
    if (random.nextInt(5) > 0) {
      document.append("at", time());
    } else if (random.nextBoolean()) {
      document.append("at", null);
    }
    return document
        .append("job", random.nextInt(4) == 0 ? null : "job-" + random.nextInt(3))
        .append("state", state())
        .append("size", size())
        .append("large", large());
  }

  private Number size() {
    return random.nextBoolean()
        ? random.nextLong(1L << 40)
        : (Number) (random.nextDouble() * (1L << 40));
  }

  private long large() {
    return (1L << 53) - 5 + random.nextInt(10);
  }

  private static String id(int number) {
    return List.of("a.b/", "a.b", "a+", "z").get(number % 4) + number;
  }

  private String time() {
    return "2026-11-25T00:00:%02d".formatted(random.nextInt(20));
  }

  private String state() {
    return List.of("planned", "copying", "done").get(random.nextInt(3));
  }

  private void change(MongoCollection<Document> plain, MongoCollection<Document> indexed) {
    for (int i = 0; i < 300; i += 3) {
      Document next = document(i).append("version", 2L);
      Document old = new Document("_id", id(i)).append("version", 1L);
      assertThat(plain.replaceOne(old, next).getMatchedCount()).isEqualTo(1);
      assertThat(indexed.replaceOne(old, next).getMatchedCount()).isEqualTo(1);
    }
    for (int i = 1; i < 300; i += 7) {
      Document one = new Document("_id", id(i));
      plain.deleteOne(one);
      indexed.deleteOne(one);
    }
  }

  private void compare(
      MongoCollection<Document> plain, MongoCollection<Document> indexed, int queries) {
    for (int i = 0; i < queries; i++) {
      Document query = query();
      Document sort = SORTS.get(random.nextInt(SORTS.size()));
      int limit = random.nextBoolean() ? 0 : 1 + random.nextInt(30);
      assertThat(find(indexed, query, sort, limit))
          .as("%s sorted by %s, at most %d", query.toJson(), sort.toJson(), limit)
          .isEqualTo(find(plain, query, sort, limit));
      assertThat(indexed.countDocuments(query))
          .as("count of %s", query.toJson())
          .isEqualTo(plain.countDocuments(query));
      assertThat(byState(indexed, query))
          .as("states of %s", query.toJson())
          .isEqualTo(byState(plain, query));
    }
  }

  private static List<Document> find(
      MongoCollection<Document> in, Document query, Document sort, int limit) {
    return in.find(query).sort(sort).limit(limit).into(new ArrayList<>());
  }

  private static List<Document> byState(MongoCollection<Document> in, Document query) {
    return in.aggregate(
            List.of(
                new Document("$match", query),
                new Document(
                    "$group",
                    new Document("_id", "$state").append("count", new Document("$sum", 1))),
                new Document("$sort", new Document("_id", 1))))
        .into(new ArrayList<>());
  }

  private Document query() {
    List<Document> all = new ArrayList<>();
    int conditions = random.nextInt(4);
    for (int i = 0; i < conditions; i++) {
      all.add(condition());
    }
    return switch (all.size()) {
      case 0 -> new Document();
      case 1 -> all.get(0);
      default -> new Document("$and", all);
    };
  }

  private Document condition() {
    String operator = List.of("$lt", "$lte", "$gt", "$gte").get(random.nextInt(4));
    return switch (random.nextInt(14)) {
      case 0 -> new Document("priority", random.nextInt(4));
      case 1 -> new Document("at", new Document(operator, time()));
      case 2 -> new Document("job", "job-" + random.nextInt(3));
      case 3 -> new Document("state", new Document("$in", List.of("planned", "done")));
      case 4 -> new Document("_id", new Document(operator, id(random.nextInt(300))));
      case 5 -> new Document("_id", new Document("$regex", "^a\\.b\\/"));
      case 6 -> new Document("priority", new Document(operator, random.nextInt(4)));
      case 7 -> new Document("_id", new Document("$regex", "[A.]\\+?[12]").append("$options", "i"));
      case 8 -> new Document("state", new Document("$in", List.of(state())));
      case 9 -> new Document("state", state());
      case 10 -> new Document("size", new Document(operator, size()));
      case 11 -> new Document("_id", new Document("$regex", "A").append("$options", ""));
      case 12 -> new Document("large", new Document(operator, large()));
      case 13 -> new Document("job", "job-" + random.nextInt(3)).append("state", state());
      default ->
          new Document(
              "$or",
              List.of(new Document("at", null), new Document("at", new Document("$lte", time()))));
    };
  }
}
