package io.movingdata.testkit.net;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends connections as a crashed machine or an angry firewall does. */
final class Resets {
  private Resets() {}

  /**
   * Ends a connection with an RST in place of a FIN, if it has not ended yet.
   *
   * @param connection a socket or an HTTP connection of Vert.x
   */
  static void reset(Object connection) {
    ConnectionBase base = (ConnectionBase) connection;
    try {
      base.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException closedAlready) {
      return;
    }
    base.close();
  }
}
