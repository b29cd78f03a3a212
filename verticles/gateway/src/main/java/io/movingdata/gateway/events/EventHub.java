package io.movingdata.gateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Query;
import io.movingdata.gateway.http.Routes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives live events to any number of clients, each of which costs a bounded amount of memory.
 * Belongs to one event loop.
 */
public final class EventHub {
  private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

  /** The topics there are. */
  public static final Set<String> TOPICS =
      Collections.unmodifiableSet(new TreeSet<>(Set.of("move", "file", "health")));

  private static final int MOST_STREAMS = 512;
  private static final int RING_EVENTS = 4_096;
  private static final long RING_BYTES = 4 * 1024 * 1024;
  private static final long HEARTBEAT_MS = 15_000;
  private static final long CHECK_MS = 1_000;

  private final Vertx vertx;
  private final EventRing ring;
  private final Set<EventStream> streams = new LinkedHashSet<>();
  private final AtomicInteger listening = new AtomicInteger();
  private final List<Long> timers = new ArrayList<>();

  public EventHub(Vertx vertx, MeterRegistry meters) {
    this.vertx = vertx;
    meters.gauge("movingdata.event.streams", listening);
    byte[] prefix = new byte[4];
    new SecureRandom().nextBytes(prefix);
    this.ring = new EventRing(HexFormat.of().formatHex(prefix), RING_EVENTS, RING_BYTES);
  }

  /** Starts heartbeats and the eviction of those who do not read. */
  public void start() {
    timers.add(
        vertx.setPeriodic(
            HEARTBEAT_MS, fired -> all().forEach(stream -> stream.send(SseFrames.HEARTBEAT))));
    timers.add(vertx.setPeriodic(CHECK_MS, fired -> all().forEach(this::check)));
  }

  /** Binds the operation. */
  public void bind(Routes routes) {
    routes.bind(Operation.STREAM_EVENTS, this::open);
  }

  private List<EventStream> all() {
    return List.copyOf(streams);
  }

  /** Tells everybody. */
  public void publish(String topic, JsonNode data) {
    EventRing.Entry entry = ring.add(topic, data.toString());
    for (EventStream stream : all()) {
      stream.offer(topic, entry.frame());
      check(stream);
    }
  }

  private void remove(EventStream stream) {
    streams.remove(stream);
    listening.set(streams.size());
  }

  private void check(EventStream stream) {
    if (stream.tooSlow(System.nanoTime())) {
      remove(stream);
      LOG.info("an event stream was cut: its client does not read");
      stream.cut();
    }
  }

  private Future<Answer> open(Call call) {
    Query query = call.query();
    List<String> wanted = query.texts("topics");
    if (!TOPICS.containsAll(wanted)) {
      query.refuse("topics", "must be some of " + TOPICS);
    }
    String fromQuery = query.text("last_event_id");
    query.check();
    if (call.request().method().name().equals("HEAD")) {
      return Future.succeededFuture(
          Answer.empty(200).with("Content-Type", "text/event-stream; charset=utf-8"));
    }
    if (streams.size() >= MOST_STREAMS) {
      throw MovingDataException.of(ErrorCode.OVERLOADED, "too many event streams")
          .withRetryAfterMs(5_000);
    }
    EventStream stream =
        new EventStream(call.response(), wanted.isEmpty() ? TOPICS : Set.copyOf(wanted));
    call.onEnd(
        () -> {
          stream.release();
          remove(stream);
        });
    streams.add(stream);
    listening.set(streams.size());
    stream.open();
    String header = call.header("Last-Event-ID");
    resume(stream, header == null ? fromQuery : header);
    return Future.succeededFuture(Answer.WRITTEN);
  }

  private void resume(EventStream stream, String lastEventId) {
    if (lastEventId == null) {
      return;
    }
    Optional<List<EventRing.Entry>> missed = ring.since(lastEventId);
    if (missed.isPresent()) {
      missed.get().forEach(entry -> stream.offer(entry.topic(), entry.frame()));
    } else {
      stream.send(
          SseFrames.event(ring.lastId(), "snapshot", "{\"reason\":\"events were missed\"}"));
    }
  }

  /** Ends every stream. */
  public void stop() {
    timers.forEach(vertx::cancelTimer);
    all().forEach(EventStream::end);
    streams.clear();
  }
}
