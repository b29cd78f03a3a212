package io.movingdata.core.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import io.movingdata.core.config.NodeConfig;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * How nodes find one another and notice that one is gone. Hazelcast listens on one address, speaks
 * to configured members only, and is never asked for locks, counters or data of ours.
 */
public final class ClusterSettings {
  private static final int FIRST_PORT = 5701;

  /**
   * Ports of this host that are asked where no members are configured. Nodes that lost one another
   * wait up to five seconds for each that nobody listens on; with members configured they are
   * together again within seconds.
   */
  private static final int PORTS_TRIED = 20;

  /** One node's data survive two others that fail together. */
  private static final int BACKUPS = 2;

  private static final long PING_MS = 3_000;

  private ClusterSettings() {}

  /** The cluster manager of a node; starts with its Vert.x and stops with it. */
  public static ClusterManager manager(NodeConfig.Cluster cluster) {
    return new HazelcastClusterManager(hazelcast(cluster));
  }

  /** The bus between nodes: a link that does not answer is dropped after seconds. */
  public static EventBusOptions bus(NodeConfig.Cluster cluster) {
    return new EventBusOptions()
        .setHost(address(cluster.host()))
        .setPort(cluster.busPort())
        .setConnectTimeout((int) PING_MS)
        .setClusterPingInterval(PING_MS)
        .setClusterPingReplyInterval(PING_MS);
  }

  static Config hazelcast(NodeConfig.Cluster cluster) {
    Config config = new Config().setClusterName(cluster.name());
    properties(config);
    network(config.getNetworkConfig(), cluster);
    // What Vert.x's cluster manager keeps there: it needs exactly these three.
    config.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs")
            .setBackupCount(BACKUPS)
            .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
    config.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(BACKUPS));
    config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(BACKUPS));
    config.getSerializationConfig().setJavaSerializationFilterConfig(onlyOwnClasses());
    config.getManagementCenterConfig().setScriptingEnabled(false).setConsoleEnabled(false);
    config.getJetConfig().setEnabled(false);
    return config;
  }

  private static void properties(Config config) {
    config
        .setProperty("hazelcast.logging.type", "slf4j")
        .setProperty("hazelcast.phone.home.enabled", "false")
        .setProperty("hazelcast.shutdownhook.enabled", "false")
        .setProperty("hazelcast.socket.bind.any", "false")
        .setProperty("hazelcast.heartbeat.interval.seconds", "1")
        .setProperty("hazelcast.max.no.heartbeat.seconds", "8")
        .setProperty("hazelcast.merge.first.run.delay.seconds", "10")
        .setProperty("hazelcast.merge.next.run.delay.seconds", "5")
        .setProperty("hazelcast.wait.seconds.before.join", "0")
        .setProperty("hazelcast.tcp.join.port.try.count", Integer.toString(PORTS_TRIED));
  }

  private static void network(NetworkConfig network, NodeConfig.Cluster cluster) {
    boolean anyPort = cluster.port() == 0;
    String host = address(cluster.host());
    network
        .setPort(anyPort ? FIRST_PORT : cluster.port())
        .setPortAutoIncrement(anyPort)
        .setPortCount(PORTS_TRIED);
    network.getInterfaces().setEnabled(true).addInterface(host);
    network.getRestApiConfig().setEnabled(false);
    network.getMemcacheProtocolConfig().setEnabled(false);
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    if (cluster.kubernetesService() != null) {
      join.getKubernetesConfig()
          .setEnabled(true)
          .setProperty("service-dns", cluster.kubernetesService())
          .setProperty("service-port", Integer.toString(network.getPort()));
      return;
    }
    join.getTcpIpConfig().setEnabled(true);
    if (cluster.members().isEmpty()) {
      join.getTcpIpConfig().addMember(host);
    }
    cluster.members().forEach(join.getTcpIpConfig()::addMember);
  }

  /** Nothing but Hazelcast's and Vert.x's own messages is deserialised. */
  private static JavaSerializationFilterConfig onlyOwnClasses() {
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    filter
        .getWhitelist()
        .addPrefixes("io.vertx.spi.cluster.hazelcast.", "com.hazelcast.", "java.lang.");
    return filter;
  }

  /** Hazelcast compares addresses, not names. */
  private static String address(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("CLUSTER_HOST is unknown: " + host, e);
    }
  }
}
