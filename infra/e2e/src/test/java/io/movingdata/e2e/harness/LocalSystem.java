package io.movingdata.e2e.harness;

import static io.movingdata.testkit.Results.outcome;

import io.movingdata.testkit.process.LocalStackProcess;
import io.movingdata.testkit.process.RepositoryRoot;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Servers and nodes of one test class: five real servers, shared by the whole test run, and nodes
 * with a database and buckets of their own on them.
 */
public final class LocalSystem implements AutoCloseable {
  /** JVM options of nodes that live briefly and encrypt little: to optimise them would not pay. */
  public static final List<String> BRIEF =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");

  private static final List<String> LASTING = List.of("-XX:+UseSerialGC", "-Xmx512m");

  private static LocalStackProcess stack;
  private static Path stackData;
  private static int systems;

  private final String id;
  private final Path logs;
  private final Map<String, String> settings = new HashMap<>();
  private final List<Path> classPath = new ArrayList<>();
  private final Map<NodeProcess, Integer> nodes = new ConcurrentHashMap<>();
  private ObservedProviders observed;
  private Witness witness;
  private List<String> options = BRIEF;

  private LocalSystem(String id, Path logs) {
    this.id = id;
    this.logs = logs;
  }

  /** A system without nodes; the servers are running. */
  public static synchronized LocalSystem create(String name) {
    try {
      if (stack == null) {
        stackData = Files.createTempDirectory("movingdata-e2e-stack");
        stack = LocalStackProcess.start(stackData, "s3", "azurite", "gcs", "mongo", "kafka");
        Runtime.getRuntime().addShutdownHook(new Thread(LocalSystem::stopStack));
      }
      Path logs = RepositoryRoot.find().resolve("infra/e2e/target/logs");
      Files.createDirectories(logs);
      LocalSystem system = new LocalSystem(name + "-" + ++systems, logs);
      system.useSharedServers();
      return system;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stopStack() {
    stack.close();
    try (Stream<Path> files = Files.walk(stackData)) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // What is left lies in the temporary folder.
    }
  }

  private void useSharedServers() {
    settings.put("PROFILE", "local");
    settings.put("ENABLE_SYNTHETIC_LOAD", "0");
    // What a test damages is not repaired before it looks, unless it asks for that.
    settings.put("CONSISTENCY_LIGHT_INTERVAL_MS", "0");
    settings.put("CONSISTENCY_DEEP_INTERVAL_MS", "0");
    settings.put("HTTP_PORT", "0");
    settings.put("S3_ENDPOINT", stack.endpoint("s3").toString());
    settings.put("AZURITE_BLOB_URL", stack.endpoint("azurite").toString());
    settings.put("GCS_ENDPOINT", stack.endpoint("gcs").toString());
    settings.put("MONGO_URL", stack.endpoint("mongo").toString());
    settings.put("MONGO_DATABASE", "e2e-" + id);
    settings.put("KAFKA_BOOTSTRAP", stack.endpoint("kafka").getAuthority());
    settings.put("TOPIC_ACCESS", "access-" + id);
    settings.put("TOPIC_MOVES", "moves-" + id);
    settings.put("S3_BUCKET", "s3-" + id);
    settings.put("AZURE_CONTAINER", "azure-" + id);
    settings.put("GCS_BUCKET", "gcs-" + id);
    settings.put("COLLECT_GRACE_MS", "2000");
    settings.put("COLLECT_INTERVAL_MS", "500");
    settings.put("MOVER_POLL_MS", "300");
    settings.put("MOVER_LEASE_MS", "3000");
  }

  /** Changes a setting of the nodes that are started from now on. */
  public LocalSystem with(String variable, String value) {
    settings.put(variable, value);
    return this;
  }

  /** Puts a proxy with a request log before each provider, for this system's nodes alone. */
  public LocalSystem observed() {
    observed = new ObservedProviders(settings);
    return this;
  }

  /** The proxies before the providers of an observed system. */
  public ObservedProviders providers() {
    return observed;
  }

  /** Who looks into this system from outside; made when it is first asked for. */
  public synchronized Witness witness() {
    if (witness == null) {
      witness = new Witness(settings, () -> observed == null ? List.of() : observed.requests());
    }
    return witness;
  }

  /** Its nodes have much to encrypt or to answer, so they get the optimising compiler. */
  public LocalSystem optimised() {
    options = LASTING;
    return this;
  }

  /** Gives the nodes that are started from now on more than the product's classes. */
  public LocalSystem withClasses(Path jar) {
    classPath.add(jar);
    return this;
  }

  /** Starts one node that knows no other. */
  public NodeProcess node(String name, String... javaOptions) {
    return start(name, 0, Map.of("CLUSTER_ENABLED", "false"), javaOptions);
  }

  /** Starts a node that joins the clustered ones of this system that are ready. */
  public NodeProcess clustered(String name, String... javaOptions) {
    int port = Ports.free();
    List<String> others =
        nodes.entrySet().stream()
            .filter(node -> node.getValue() > 0 && node.getKey().ready())
            .map(node -> "127.0.0.1:" + node.getValue())
            .toList();
    Map<String, String> cluster =
        Map.of(
            "CLUSTER_ENABLED",
            "true",
            "CLUSTER_NAME",
            id,
            "CLUSTER_HOST",
            "127.0.0.1",
            "CLUSTER_PORT",
            Integer.toString(port),
            "CLUSTER_MEMBERS",
            String.join(",", others));
    return start(name, port, cluster, javaOptions);
  }

  private NodeProcess start(
      String name, int clusterPort, Map<String, String> more, String... javaOptions) {
    Map<String, String> environment = new HashMap<>(settings);
    if (observed != null) {
      environment.putAll(observed.settings());
    }
    environment.put("NODE_ID", name);
    environment.putAll(more);
    List<String> jvm = javaOptions.length == 0 ? options : List.of(javaOptions);
    Path log = logs.resolve(id + "-" + name + ".log");
    NodeProcess node = new NodeProcess(name, jvm, classPath, environment, log);
    nodes.put(node, clusterPort);
    return node.start();
  }

  /** Forgets all that its catalog knows; no node may run. */
  public void dropCatalog() {
    Vertx vertx = Vertx.vertx();
    MongoClient mongo =
        MongoClient.create(
            vertx,
            new JsonObject()
                .put("connection_string", settings.get("MONGO_URL"))
                .put("db_name", settings.get("MONGO_DATABASE")));
    for (String collection : outcome(mongo.getCollections())) {
      outcome(mongo.dropCollection(collection));
    }
    outcome(mongo.close());
    outcome(vertx.close());
  }

  /** Where one of the shared servers listens, such as {@code s3}. */
  public URI endpoint(String server) {
    return stack.endpoint(server);
  }

  /** Its name, part of its buckets and of its database. */
  public String id() {
    return id;
  }

  /** The settings that its nodes have in common. */
  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  /** The folder in which the servers keep their data. */
  public Path stackData() {
    return stackData;
  }

  /** The name of the S3 bucket of this system. */
  public String bucket(String location) {
    return location + "-" + id;
  }

  /** The objects of this system that lie at a location; not for Azurite, which hides them. */
  public List<Path> storedAt(String location) {
    try (Stream<Path> files = Files.walk(stackData)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().contains("/" + bucket(location) + "/"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The log files of this system's nodes. */
  public List<Path> nodeLogs() {
    try (Stream<Path> files = Files.list(logs)) {
      return files.filter(f -> f.getFileName().toString().startsWith(id + "-")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    nodes.keySet().forEach(NodeProcess::close);
    if (witness != null) {
      witness.close();
    }
    if (observed != null) {
      observed.close();
    }
  }
}
