package io.movingdata.e2e.crash;

import io.movingdata.core.config.ConfigLoader;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.launch.Node;
import io.movingdata.core.launch.NodeRole;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.testkit.process.RepositoryRoot;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** What a system has not finished yet, as its metadata store and its providers show. */
final class Residue implements AutoCloseable {
  private final Node node;
  private final MongoClient mongo;
  private final StorageClient storage;

  private Residue(Node node, StorageClient storage, MongoClient mongo) {
    this.node = node;
    this.mongo = mongo;
    this.storage = storage;
  }

  /** Looks at a system's servers, past its nodes; makes its buckets. */
  static Residue of(LocalSystem system) {
    Map<String, String> settings = new HashMap<>(system.settings());
    settings.put("NODE_ROLES", "storage-s3,storage-azure,storage-gcs");
    NodeConfig config = ConfigLoader.load(RepositoryRoot.find().resolve("conf"), settings).config();
    List<NodeRole> roles = new ArrayList<>();
    ServiceLoader.load(NodeRole.class).forEach(roles::add);
    Node node = await(Node.start(config, roles));
    StorageClient storage = new StorageClient(node.context().bus());
    config.locations().forEach(location -> await(storage.ensure(location.id())));
    JsonObject options =
        new JsonObject()
            .put("connection_string", settings.get("MONGO_URL"))
            .put("db_name", settings.get("MONGO_DATABASE"));
    return new Residue(node, storage, MongoClient.create(node.vertx(), options));
  }

  /** Waits until no move is active. */
  void awaitNoMove() {
    Awaitility.await("no move is active")
        .atMost(Timing.REST)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> moves().isEmpty());
  }

  /** Whether a move of a file has run to its end. */
  boolean moved(String fileId) {
    JsonObject done = new JsonObject().put("file_id", fileId).put("state", "done");
    return await(mongo.getCollections()).stream()
        .filter(name -> name.matches("moves_\\d{8}"))
        .anyMatch(name -> !documents(name, done).isEmpty());
  }

  private List<String> moves() {
    return documents("moves_active", new JsonObject()).stream()
        .map(move -> "move of " + move.getString("_id") + " is " + move.getString("state"))
        .toList();
  }

  /** What is left, in words; empty where everything has come to rest. */
  List<String> look() {
    List<String> left = new ArrayList<>(moves());
    documents("jobs", new JsonObject().putNull("finished_at"))
        .forEach(job -> left.add("job " + job.getString("_id") + " " + job.getString("state")));
    documents("garbage", new JsonObject())
        .forEach(
            entry ->
                left.add(
                    "garbage " + entry.getString("key") + " due " + entry.getString("due_at")));
    documents("uploads", new JsonObject().put("ended", new JsonObject().put("$exists", false)))
        .forEach(intent -> left.add("intent of " + intent.getString("key")));
    return left.isEmpty() ? objects() : left;
  }

  private List<String> objects() {
    Set<String> referenced = new TreeSet<>();
    for (JsonObject file : documents("files", new JsonObject())) {
      for (Object replica : file.getJsonArray("replicas")) {
        JsonObject copy = (JsonObject) replica;
        referenced.add(copy.getString("location") + "/" + copy.getString("key"));
      }
    }
    Set<String> stored = new TreeSet<>();
    node.context().config().locations().forEach(l -> stored.addAll(keys(l.id())));
    List<String> left = new ArrayList<>();
    stored.stream().filter(k -> !referenced.contains(k)).forEach(k -> left.add("object " + k));
    referenced.stream().filter(k -> !stored.contains(k)).forEach(k -> left.add("missing " + k));
    return left;
  }

  private List<JsonObject> documents(String collection, JsonObject query) {
    return await(mongo.find(collection, query));
  }

  private Set<String> keys(String location) {
    Set<String> keys = new TreeSet<>();
    String token = null;
    do {
      ListPage page = await(storage.list(location, new ListRequest("", null, token, 1000)));
      keys.addAll(
          page.objects().stream()
              .map(ObjectStat::key)
              .map(key -> location + "/" + key)
              .collect(Collectors.toSet()));
      token = page.next();
    } while (token != null);
    return keys;
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(mongo.close());
    await(node.stop());
  }
}
