package io.movingdata.stack.mongo;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** One {@code ping} over the MongoDB wire protocol, to prove that a server answers. */
public final class WirePing {

  private static final int OP_MSG = 2013;
  private static final int TIMEOUT_MILLIS = 30_000;

  private WirePing() {}

  /**
   * Sends {@code {ping: 1, $db: "admin"}} and waits for any well-formed reply.
   *
   * @throws IOException if there is none within 5 s
   */
  public static void send(String host, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(message());
      byte[] header = new byte[16];
      new DataInputStream(socket.getInputStream()).readFully(header);
      int opCode = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
      if (opCode != OP_MSG) {
        throw new IOException("unexpected reply to ping: op code " + opCode);
      }
    }
  }

  private static byte[] message() {
    ByteBuffer document = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    document.putInt(0);
    document.put((byte) 0x10).put(cString("ping")).putInt(1);
    byte[] database = cString("admin");
    document.put((byte) 0x02).put(cString("$db")).putInt(database.length).put(database);
    document.put((byte) 0);
    document.flip();
    document.putInt(0, document.limit());
    int length = 16 + 4 + 1 + document.limit();
    ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(length).putInt(1).putInt(0).putInt(OP_MSG);
    message.putInt(0).put((byte) 0).put(document);
    return message.array();
  }

  private static byte[] cString(String text) {
    return (text + '\0').getBytes(StandardCharsets.US_ASCII);
  }
}
