package io.movingdata.core.bus;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.shareddata.LocalMap;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Requests, services and events over the Vert.x event bus. Everything travels as bytes, also within
 * one process, so that a test in one JVM exercises the encoding. A caller prefers a service on its
 * own node. Delivery is at most once: a time-out says nothing about what happened. Open to be
 * replaced by simulations, which carry messages in a time of their own.
 */
public class Bus {
  /** How long a control request waits for its answer. */
  public static final Duration CONTROL_TIMEOUT = Duration.ofSeconds(10);

  private static final String SERVED = "movingdata.served-here";

  private final Vertx vertx;
  private final LocalMap<String, Integer> servedHere;

  public Bus(Vertx vertx) {
    this.vertx = vertx;
    this.servedHere = vertx.sharedData().getLocalMap(SERVED);
  }

  /** The Vert.x instance that this bus belongs to. */
  public Vertx vertx() {
    return vertx;
  }

  /** A request that waits for {@link #CONTROL_TIMEOUT}. */
  public <Q, R> Future<R> request(Address<Q, R> address, Q message) {
    return request(address, message, CONTROL_TIMEOUT);
  }

  /**
   * Sends a request and maps its answer. Fails with a {@link MovingDataException} in every case:
   * the service's own refusal, {@link ErrorCode#SERVICE_ABSENT} where nobody listens, {@link
   * ErrorCode#SERVICE_TIMEOUT} where the outcome is unknown.
   */
  public <Q, R> Future<R> request(Address<Q, R> address, Q message, Duration timeout) {
    return requestRaw(
            address.name(), Json.toBuffer(message), MultiMap.caseInsensitiveMultiMap(), timeout)
        .map(reply -> Json.fromBuffer(reply.body(), address.reply()));
  }

  /** A request of bytes and headers: the data plane. Errors as in {@link #request}. */
  public Future<Message<Buffer>> requestRaw(
      String address, Buffer body, MultiMap headers, Duration timeout) {
    DeliveryOptions options =
        new DeliveryOptions()
            .setSendTimeout(timeout.toMillis())
            .setHeaders(headers)
            .setLocalOnly(servedHere.containsKey(address));
    return vertx
        .eventBus()
        .<Buffer>request(address, body, options)
        .recover(failure -> Future.failedFuture(BusFailures.fromBus(address, failure)));
  }

  /**
   * Serves an address. A failed future or a thrown {@link MovingDataException} becomes the caller's
   * failure; any other exception is logged here with an incident id, and only the id crosses.
   *
   * @return completes when the whole cluster knows
   */
  public <Q, R> Future<Registration> serve(Address<Q, R> address, Function<Q, Future<R>> handler) {
    return serveRaw(
        address.name(),
        message ->
            handler.apply(Json.fromBuffer(message.body(), address.request())).map(Json::toBuffer));
  }

  /** Serves an address of bytes and headers; the answer is a buffer without headers. */
  public Future<Registration> serveRaw(
      String address, Function<Message<Buffer>, Future<Buffer>> handler) {
    return serveReplies(address, message -> handler.apply(message).map(Reply::of));
  }

  /** Serves an address of bytes and headers; the answer has both. */
  public Future<Registration> serveReplies(
      String address, Function<Message<Buffer>, Future<Reply>> handler) {
    MessageConsumer<Buffer> consumer =
        vertx.eventBus().consumer(address, message -> answer(address, message, handler));
    servedHere.merge(address, 1, Integer::sum);
    return consumer.completion().map(ignored -> new Registration(address, consumer, servedHere));
  }

  private static void answer(
      String address, Message<Buffer> message, Function<Message<Buffer>, Future<Reply>> handler) {
    Future<Reply> reply;
    try {
      reply = handler.apply(message);
    } catch (RuntimeException e) {
      reply = Future.failedFuture(e);
    }
    reply.onComplete(
        ok -> message.reply(ok.body(), new DeliveryOptions().setHeaders(ok.headers())),
        failure -> message.reply(BusFailures.toBus(address, failure)));
  }

  /** Tells every listener in the cluster; may be lost. */
  public <E> void publish(Topic<E> topic, E event) {
    vertx.eventBus().publish(topic.name(), Json.toBuffer(event));
  }

  /** Hears what any node publishes. A malformed event is dropped. */
  public <E> Future<Registration> subscribe(Topic<E> topic, Consumer<E> listener) {
    MessageConsumer<Buffer> consumer =
        vertx
            .eventBus()
            .consumer(
                topic.name(),
                message -> {
                  try {
                    listener.accept(Json.fromBuffer(message.body(), topic.event()));
                  } catch (RuntimeException e) {
                    BusFailures.logDroppedEvent(topic.name(), e);
                  }
                });
    return consumer.completion().map(ignored -> new Registration(topic.name(), consumer, null));
  }

  /** An answer of the data plane. */
  public record Reply(Buffer body, MultiMap headers) {
    /** Bytes alone. */
    public static Reply of(Buffer body) {
      return new Reply(body, MultiMap.caseInsensitiveMultiMap());
    }
  }
}
