package io.movingdata.e2e.harness;

import io.movingdata.testkit.process.LocalStackProcess;
import io.movingdata.testkit.process.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Servers and nodes of one test class: four real servers, shared by the whole test run, and nodes
 * with a database and buckets of their own on them.
 */
public final class LocalSystem implements AutoCloseable {
  private static LocalStackProcess stack;
  private static Path stackData;
  private static int systems;

  private final String id;
  private final Path logs;
  private final Map<String, String> settings = new HashMap<>();
  private final List<NodeProcess> nodes = new ArrayList<>();
  private ObservedProviders observed;
  private Witness witness;
  private final List<Integer> clusterPorts = new ArrayList<>();

  private LocalSystem(String id, Path logs) {
    this.id = id;
    this.logs = logs;
  }

  /** A system without nodes; the servers are running. */
  public static synchronized LocalSystem create(String name) {
    try {
      if (stack == null) {
        stackData = Files.createTempDirectory("movingdata-e2e-stack");
        stack = LocalStackProcess.start(stackData, "s3", "azurite", "gcs", "mongo");
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
    settings.put("HTTP_PORT", "0");
    settings.put("S3_ENDPOINT", stack.endpoint("s3").toString());
    settings.put("AZURITE_BLOB_URL", stack.endpoint("azurite").toString());
    settings.put("GCS_ENDPOINT", stack.endpoint("gcs").toString());
    settings.put("MONGO_URL", stack.endpoint("mongo").toString());
    settings.put("MONGO_DATABASE", "e2e-" + id);
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

  /** Starts one node that knows no other. */
  public NodeProcess node(String name, String... javaOptions) {
    return start(name, Map.of("CLUSTER_ENABLED", "false"), javaOptions);
  }

  /** Starts a node that joins the other clustered ones of this system. */
  public NodeProcess clustered(String name, String... javaOptions) {
    int port = freePort();
    List<String> others = clusterPorts.stream().map(p -> "127.0.0.1:" + p).toList();
    clusterPorts.add(port);
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
    return start(name, cluster, javaOptions);
  }

  private NodeProcess start(String name, Map<String, String> more, String... javaOptions) {
    Map<String, String> environment = new HashMap<>(settings);
    if (observed != null) {
      environment.putAll(observed.settings());
    }
    environment.put("NODE_ID", name);
    environment.putAll(more);
    List<String> options = javaOptions.length == 0 ? List.of("-Xmx512m") : List.of(javaOptions);
    NodeProcess node =
        new NodeProcess(name, options, environment, logs.resolve(id + "-" + name + ".log"));
    nodes.add(node);
    return node.start();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where one of the shared servers listens, such as {@code s3}. */
  public URI endpoint(String server) {
    return stack.endpoint(server);
  }

  /** The folder in which the servers keep their data. */
  public Path stackData() {
    return stackData;
  }

  /** The name of the S3 bucket of this system. */
  public String bucket(String location) {
    return location + "-" + id;
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
    nodes.forEach(NodeProcess::close);
    if (witness != null) {
      witness.close();
    }
    if (observed != null) {
      observed.close();
    }
  }
}
