package io.movingdata.mover.simulate;

import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Registration;
import io.movingdata.core.bus.Topic;
import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.json.Json;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.function.Consumer;

/** One process's side of the bus. */
final class SimulatedBus extends Bus {
  private final Life life;

  SimulatedBus(Life life) {
    super(SimulatedVertx.of(life));
    this.life = life;
  }

  @Override
  public <Q, R> Future<R> request(Address<Q, R> address, Q message, Duration timeout) {
    return life.world().network().request(life, address, message, timeout);
  }

  @Override
  public <E> void publish(Topic<E> topic, E event) {
    life.world().network().publish(life, event);
  }

  @Override
  public <E> Future<Registration> subscribe(Topic<E> topic, Consumer<E> listener) {
    life.subscribe(topic, listener);
    return Future.succeededFuture();
  }

  /** Requests to storage workers. */
  @Override
  public Future<Message<Buffer>> requestRaw(
      String address, Buffer body, MultiMap headers, Duration timeout) {
    String location = address.substring(StorageApi.address("").length());
    return life.world()
        .providers()
        .request(life, location, headers.get(StorageApi.VERB), body)
        .map(reply -> SimulatedVertx.message(Json.toBuffer(reply)));
  }
}
