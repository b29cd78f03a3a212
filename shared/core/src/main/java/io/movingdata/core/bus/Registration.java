package io.movingdata.core.bus;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.shareddata.LocalMap;

/** A served or subscribed address, to be given back. */
public final class Registration {
  private final String address;
  private final MessageConsumer<Buffer> consumer;
  private final LocalMap<String, Integer> servedHere;

  Registration(
      String address, MessageConsumer<Buffer> consumer, LocalMap<String, Integer> servedHere) {
    this.address = address;
    this.consumer = consumer;
    this.servedHere = servedHere;
  }

  /** Stops listening; completes when the cluster knows. */
  public Future<Void> close() {
    if (servedHere != null) {
      servedHere.computeIfPresent(address, (name, count) -> count > 1 ? count - 1 : null);
    }
    return consumer.unregister();
  }
}
