package io.movingdata.core.storage;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * Bytes of an object, pulled. Only the puller decides the pace; nothing is buffered beyond a
 * provider's own read window.
 */
public interface ByteSource {
  /** The whole object as the provider described it in the answer; size is the whole object's. */
  ObjectStat stat();

  /**
   * The next bytes, of any length above zero, or null at the end. Only one call at a time. Fails
   * with {@code PROVIDER_DOWN} when the provider ends early or stalls.
   */
  Future<Buffer> next();

  /** Stops reading; safe to call at any time and more than once. */
  void close();
}
