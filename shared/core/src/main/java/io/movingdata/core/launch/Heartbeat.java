package io.movingdata.core.launch;

import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.Events.NodeTick;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;

/** Tells the cluster every two seconds that this node is alive and what it runs. */
final class Heartbeat {
  private static final long INTERVAL_MS = 2_000;

  private final NodeContext node;
  private final Instant started;
  private final String host = hostName();

  Heartbeat(NodeContext node) {
    this.node = node;
    this.started = node.clock().instant();
  }

  void start() {
    beat();
    node.vertx().setPeriodic(INTERVAL_MS, timer -> beat());
  }

  private void beat() {
    Instant now = node.clock().instant();
    long uptime = Duration.between(started, now).toSeconds();
    node.bus()
        .publish(
            Events.NODE,
            new NodeTick(
                node.config().node().id(), host, node.roles(), uptime, Version.CURRENT, now));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
