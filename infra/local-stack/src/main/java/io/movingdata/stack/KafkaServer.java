package io.movingdata.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event broker: Apache Kafka, which is broker and controller at once and needs no other process.
 * What it has acknowledged survives the death of the process.
 */
public final class KafkaServer implements StackServer {

  private static final Logger log = LoggerFactory.getLogger(KafkaServer.class);

  /** Every local broker's: "movingdata-local" in the base64 that Kafka wants. */
  private static final String CLUSTER = "bW92aW5nZGF0YS1sb2NhbA";

  private static final int NODE_ID = 1;
  private static final int START_SECONDS = 30;
  private static final int FIRST_PORT = 12_000;
  private static final int END_PORT = 32_000;
  private static final int MOST_TRIES = 1_000;

  private final Path folder;
  private final String host;
  private final int wantedPort;
  private int port;
  private KafkaRaftServer server;

  /**
   * Describes a server that does not run yet.
   *
   * @param port the port to listen on, 0 for any free one
   */
  public KafkaServer(Path folder, String host, int port) {
    this.folder = folder;
    this.host = host;
    this.wantedPort = port;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public void start() throws Exception {
    Files.createDirectories(folder);
    port = wantedPort == 0 ? freePort() : wantedPort;
    Properties properties = properties(freePort());
    format();
    server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
    try {
      server.startup();
      ask();
    } catch (Exception e) {
      stop();
      throw e;
    }
    log.info("kafka serves {} at {}", folder, endpoint());
  }

  /**
   * A broker has to tell its clients its port before it listens. What a system would give to
   * whoever asks for any port may be somebody else's by then, or an outgoing connection's while the
   * broker is down; below those it stays free.
   */
  private int freePort() throws IOException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      int chosen = ThreadLocalRandom.current().nextInt(FIRST_PORT, END_PORT);
      try (ServerSocket probe = new ServerSocket(chosen, 1, InetAddress.getByName(host))) {
        return probe.getLocalPort();
      } catch (BindException taken) {
        log.debug("port {} is taken", chosen, taken);
      }
    }
    throw new IOException("no port from " + FIRST_PORT + " to " + END_PORT + " is free");
  }

  private Properties properties(int controllerPort) {
    String broker = "PLAINTEXT://" + host + ":" + port;
    String controller = host + ":" + controllerPort;
    Properties all = new Properties();
    all.setProperty("process.roles", "broker,controller");
    all.setProperty("node.id", Integer.toString(NODE_ID));
    all.setProperty("controller.quorum.voters", NODE_ID + "@" + controller);
    all.setProperty("listeners", broker + ",CONTROLLER://" + controller);
    all.setProperty("advertised.listeners", broker);
    all.setProperty("controller.listener.names", "CONTROLLER");
    all.setProperty("inter.broker.listener.name", "PLAINTEXT");
    all.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    all.setProperty("log.dirs", folder.toString());
    all.setProperty("num.partitions", "4");
    all.setProperty("auto.create.topics.enable", "false");
    all.setProperty("group.initial.rebalance.delay.ms", "0");
    all.setProperty("num.network.threads", "2");
    all.setProperty("num.io.threads", "4");
    all.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
    all.setProperty("default.replication.factor", "1");
    for (String internal : List.of("offsets.topic", "transaction.state.log")) {
      all.setProperty(internal + ".replication.factor", "1");
      all.setProperty(internal + ".num.partitions", "1");
    }
    all.setProperty("transaction.state.log.min.isr", "1");
    all.setProperty("share.coordinator.state.topic.replication.factor", "1");
    all.setProperty("share.coordinator.state.topic.min.isr", "1");
    return all;
  }

  /** Prepares a new folder; one that is prepared, or was left half-way, ends up the same. */
  private void format() throws Exception {
    new Formatter()
        .setNodeId(NODE_ID)
        .setClusterId(CLUSTER)
        .setDirectories(List.of(folder.toString()))
        .setMetadataLogDirectory(folder.toString())
        .setControllerListenerName("CONTROLLER")
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setIgnoreFormatted(true)
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
        .run();
  }

  private void ask() throws Exception {
    Properties client = new Properties();
    client.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, host + ":" + port);
    client.setProperty(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Integer.toString(START_SECONDS * 1_000));
    try (Admin admin = Admin.create(client)) {
      admin.describeCluster().nodes().get();
    }
  }

  @Override
  public String endpoint() {
    return "kafka://" + host + ":" + port;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
  }
}
