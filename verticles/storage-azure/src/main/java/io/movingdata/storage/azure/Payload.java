package io.movingdata.storage.azure;

import io.movingdata.core.checksum.Md5Value;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import reactor.core.publisher.Flux;

/**
 * Bytes to be sent, with their MD5. They are handed to the SDK in slices that are copied when their
 * turn comes, so that a large block is in memory once.
 */
final class Payload {
  private static final int SLICE = 64 * 1024;

  private final Buffer bytes;
  private final byte[] md5;

  private Payload(Buffer bytes, byte[] md5) {
    this.bytes = bytes;
    this.md5 = md5;
  }

  /**
   * Digests off the event loop: a block takes longer than it may.
   *
   * @param bytes not to be changed while the payload is in use
   */
  static Future<Payload> of(WorkerExecutor cpu, Buffer bytes) {
    return cpu.executeBlocking(() -> new Payload(bytes, digest(bytes)), false);
  }

  private static byte[] digest(Buffer bytes) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    for (int at = 0; at < bytes.length(); at += SLICE) {
      digest.update(bytes.getBytes(at, Math.min(bytes.length(), at + SLICE)));
    }
    return digest.digest();
  }

  int length() {
    return bytes.length();
  }

  /** The digest, as the SDK wants it. */
  byte[] md5Bytes() {
    return md5.clone();
  }

  /** The digest, as the Content-MD5 header has it. */
  String md5Base64() {
    return Md5Value.ofBytes(md5).base64();
  }

  /** The bytes from the first on, for each subscriber anew. */
  Flux<ByteBuffer> flux() {
    return Flux.generate(
        () -> 0,
        (at, sink) -> {
          if (at >= bytes.length()) {
            sink.complete();
            return at;
          }
          int end = Math.min(bytes.length(), at + SLICE);
          sink.next(ByteBuffer.wrap(bytes.getBytes(at, end)));
          return end;
        });
  }
}
