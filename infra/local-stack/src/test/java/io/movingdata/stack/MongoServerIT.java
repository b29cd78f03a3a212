package io.movingdata.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoServerIT {

  private static final int WRITERS = 12;

  @TempDir Path data;

  @Test
  void everyAcknowledgedWriteSurvivesAKill() throws Exception {
    Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    for (int round = 0; round < 4; round++) {
      try (StackProcess stack = StackProcess.start(data, "mongo")) {
        try (MongoClient client = MongoClients.create(stack.endpoint("mongo"))) {
          MongoCollection<Document> files = files(client);
          assertAllPresentAndUsable(files, acknowledged);
          int before = acknowledged.size();
          List<Thread> writers = startWriters(files, acknowledged, round);
          int enough = before + 600;
          Awaitility.await()
              .atMost(Duration.ofMinutes(1))
              .until(() -> acknowledged.size() >= enough);
          stack.kill();
          for (Thread writer : writers) {
            writer.join();
          }
        }
      }
    }
    try (StackProcess stack = StackProcess.start(data, "mongo");
        MongoClient client = MongoClients.create(stack.endpoint("mongo"))) {
      assertAllPresentAndUsable(files(client), acknowledged);
    }
  }

  /** Each inserts documents and moves each on by two versions, until the server is gone. */
  private static List<Thread> startWriters(
      MongoCollection<Document> files, Map<String, Long> acknowledged, int round) {
    List<Thread> writers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      String prefix = "r" + round + "-w" + w + "-";
      Thread writer =
          new Thread(
              () -> {
                try {
                  for (int i = 0; ; i++) {
                    String id = prefix + i;
                    files.insertOne(
                        new Document("_id", id)
                            .append("version", 0L)
                            .append("note", "é".repeat(200)));
                    acknowledged.put(id, 0L);
                    for (long version = 0; version < 2; version++) {
                      advance(files, id, version);
                      acknowledged.put(id, version + 1);
                    }
                  }
                } catch (MongoException e) {
                  // The kill: from here on nothing is acknowledged.
                }
              });
      writers.add(writer);
      writer.start();
    }
    return writers;
  }

  private static void advance(MongoCollection<Document> files, String id, long version) {
    long modified =
        files
            .updateOne(
                new Document("_id", id).append("version", version),
                Updates.combine(
                    Updates.set("version", version + 1), Updates.set("state", "s" + version)))
            .getModifiedCount();
    if (modified != 1) {
      throw new AssertionError(id + " was not at version " + version);
    }
  }

  /** An index that lags behind its documents would show as a compare-and-set that finds none. */
  private static void assertAllPresentAndUsable(
      MongoCollection<Document> files, Map<String, Long> acknowledged) {
    Map<String, Long> stored = new ConcurrentHashMap<>();
    files.find().forEach(d -> stored.put(d.getString("_id"), d.getLong("version")));
    acknowledged.forEach(
        (id, version) ->
            assertThat(stored.get(id)).as(id).isNotNull().isGreaterThanOrEqualTo(version));
    stored.forEach(
        (id, version) -> {
          assertThat(files.find(new Document("_id", id).append("version", version)).first())
              .as(id)
              .isNotNull();
          acknowledged.put(id, version);
        });
    stored.keySet().stream()
        .limit(50)
        .forEach(
            id -> {
              advance(files, id, stored.get(id));
              acknowledged.put(id, stored.get(id) + 1);
            });
    assertThat(files.countDocuments()).isEqualTo(stored.size());
  }

  private static MongoCollection<Document> files(MongoClient client) {
    MongoCollection<Document> files = client.getDatabase("test").getCollection("files");
    files.createIndex(Indexes.ascending("_id", "version"), new IndexOptions().unique(true));
    return files;
  }

  @Test
  void aReplyNeverMixesTwoVersionsOfADocument() throws Exception {
    try (StackProcess stack = StackProcess.start(data, "mongo");
        MongoClient client = MongoClients.create(stack.endpoint("mongo"))) {
      MongoCollection<Document> files = files(client);
      files.insertOne(versioned(0));
      AtomicBoolean done = new AtomicBoolean();
      ConcurrentLinkedQueue<Object> torn = new ConcurrentLinkedQueue<>();
      List<Thread> readers = new ArrayList<>();
      for (int r = 0; r < 4; r++) {
        Thread reader =
            new Thread(
                () -> {
                  try {
                    while (!done.get()) {
                      Document seen = files.find(Filters.eq("_id", "x")).first();
                      if (!seen.equals(versioned(seen.getLong("version")))) {
                        torn.add(seen.toJson());
                      }
                    }
                  } catch (RuntimeException e) {
                    torn.add(e);
                  }
                });
        readers.add(reader);
        reader.start();
      }
      for (long version = 0; version < 1_500; version++) {
        files.replaceOne(
            new Document("_id", "x").append("version", version), versioned(version + 1));
      }
      done.set(true);
      for (Thread reader : readers) {
        reader.join();
      }
      assertThat(torn).isEmpty();
    }
  }

  private static Document versioned(long version) {
    Document document = new Document("_id", "x").append("version", version);
    for (int i = 0; i < 60; i++) {
      document.append("f" + i, version);
    }
    return document;
  }

  @Test
  void theFileStaysSmallUnderManyUpdatesAndShrinksAfterThem() throws Exception {
    Path file = data.resolve("mongo/store.mv");
    try (StackProcess stack = StackProcess.start(data, "mongo")) {
      try (MongoClient client = MongoClients.create(stack.endpoint("mongo"))) {
        MongoCollection<Document> files = files(client);
        for (int i = 0; i < 200; i++) {
          files.insertOne(
              new Document("_id", "f" + i).append("version", 0L).append("pad", "x".repeat(500)));
        }
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
          String id = "f" + w;
          Thread writer =
              new Thread(
                  () -> {
                    for (long version = 0; version < 1_000; version++) {
                      advance(files, id, version);
                    }
                  });
          writers.add(writer);
          writer.start();
        }
        for (Thread writer : writers) {
          writer.join();
        }
      }
      assertThat(Files.size(file)).isLessThan(200L << 20);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(Files.size(file)).isLessThan(4L << 20));
      assertThat(stack.stop()).isEqualTo(143);
    }
  }

  @Test
  void indexesDatabasesAndDropsSurviveARestart() throws Exception {
    try (StackProcess stack = StackProcess.start(data, "mongo");
        MongoClient client = MongoClients.create(stack.endpoint("mongo"))) {
      MongoCollection<Document> names = client.getDatabase("a").getCollection("names");
      names.createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
      names.insertMany(
          List.of(
              new Document("name", "one").append("n", 1).append("tags", List.of("p", "q")),
              new Document("name", "two").append("when", Instant.ofEpochMilli(5)),
              new Document("_id", new Document("k", 1L)).append("name", null)));
      client.getDatabase("b").getCollection("gone").insertOne(new Document("_id", 1));
      client.getDatabase("b").getCollection("gone").drop();
      client
          .getDatabase("b")
          .getCollection("gone")
          .insertOne(new Document("_id", 1).append("x", 2));
      client.getDatabase("c").getCollection("all").insertOne(new Document("_id", 1));
      client.getDatabase("c").drop();
      stack.kill();
    }
    try (StackProcess stack = StackProcess.start(data, "mongo");
        MongoClient client = MongoClients.create(stack.endpoint("mongo"))) {
      MongoCollection<Document> names = client.getDatabase("a").getCollection("names");
      assertThat(names.find(Filters.eq("name", "one")).first().getList("tags", String.class))
          .containsExactly("p", "q");
      assertThat(names.find(Filters.eq("when", Instant.ofEpochMilli(5))).first()).isNotNull();
      assertThat(names.find(Filters.eq("_id", new Document("k", 1L))).first()).isNotNull();
      assertThatThrownBy(() -> names.insertOne(new Document("name", "one")))
          .isInstanceOf(MongoWriteException.class)
          .hasMessageContaining("E11000");
      assertThat(client.getDatabase("b").getCollection("gone").find().first())
          .containsEntry("x", 2);
      assertThat(client.getDatabase("c").listCollectionNames()).isEmpty();
    }
  }
}
