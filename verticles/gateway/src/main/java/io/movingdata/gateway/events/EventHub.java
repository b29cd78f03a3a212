package io.movingdata.gateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
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
      Collections.unmodifiableSet(
          new TreeSet<>(
              Set.of("move", "file", "health", "stream", "alert", "simulator", "consistency")));

  private static final int MOST_STREAMS = 512;
  private static final int RING_EVENTS = 4_096;
  private static final long RING_BYTES = 4 * 1024 * 1024;
  private static final long HEARTBEAT_MS = 5_000;
  private static final long CHECK_MS = 1_000;
  private static final long TOGETHER_MS = 40;

  private final Vertx vertx;
  private final EventRing ring;
  private final Set<EventStream> streams = new LinkedHashSet<>();
  private final AtomicInteger listening = new AtomicInteger();
  private final List<Long> timers = new ArrayList<>();
  private final Supplier<ObjectNode> state;
  private Batch batch = new Batch();
  private boolean gathering;

  /**
   * A hub that nobody listens to yet.
   *
   * @param state what is known now, for those who ask for a snapshot
   */
  public EventHub(Vertx vertx, MeterRegistry meters, Supplier<ObjectNode> state) {
    this.vertx = vertx;
    this.state = state;
    meters.gauge("movingdata.event.streams", listening);
    byte[] prefix = new byte[4];
    new SecureRandom().nextBytes(prefix);
    this.ring = new EventRing(HexFormat.of().formatHex(prefix), RING_EVENTS, RING_BYTES);
  }

  /** Starts heartbeats and the eviction of those who do not read. */
  public void start() {
    timers.add(vertx.setPeriodic(HEARTBEAT_MS, fired -> all().forEach(EventStream::heartbeat)));
    timers.add(vertx.setPeriodic(CHECK_MS, fired -> all().forEach(this::check)));
  }

  /** Binds the operation. */
  public void bind(Routes routes) {
    routes.bind(Operation.STREAM_EVENTS, this::open);
  }

  private List<EventStream> all() {
    return List.copyOf(streams);
  }

  /** Tells everybody: the first event at once, what follows closely together. */
  public void publish(String topic, JsonNode data) {
    batch.add(ring.add(topic, data.toString()), data);
    if (!gathering) {
      flush();
      gathering = true;
      vertx.setTimer(TOGETHER_MS, fired -> gathered());
    }
  }

  private void gathered() {
    gathering = !batch.isEmpty();
    if (gathering) {
      flush();
      vertx.setTimer(TOGETHER_MS, fired -> gathered());
    }
  }

  private void flush() {
    Batch now = batch;
    batch = new Batch();
    Map<Set<String>, String> texts =
        now.texts(streams.stream().map(EventStream::topics).distinct().toList());
    for (EventStream stream : all()) {
      String text = texts.get(stream.topics());
      if (!text.isEmpty()) {
        stream.send(text);
      }
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
    String snapshot = query.text("snapshot");
    if (snapshot != null && !snapshot.matches("true|false")) {
      query.refuse("snapshot", "must be true or false");
    }
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
        new EventStream(
            call.response(),
            wanted.isEmpty() ? TOPICS : Set.copyOf(wanted),
            "true".equals(snapshot));
    call.onEnd(
        () -> {
          stream.release();
          remove(stream);
        });
    flush();
    streams.add(stream);
    listening.set(streams.size());
    stream.open();
    String header = call.header("Last-Event-ID");
    resume(stream, header == null ? fromQuery : header);
    return Future.succeededFuture(Answer.WRITTEN);
  }

  private void resume(EventStream stream, String lastEventId) {
    if (lastEventId == null) {
      if (stream.stateful()) {
        stream.send(snapshot("opened", true));
      }
      return;
    }
    Optional<List<EventRing.Entry>> missed = ring.since(lastEventId);
    if (missed.isPresent()) {
      missed.get().forEach(entry -> stream.offer(entry.topic(), entry.frame()));
    } else {
      stream.send(snapshot("events were missed", stream.stateful()));
    }
  }

  private String snapshot(String reason, boolean whole) {
    ObjectNode data = whole ? state.get() : JsonNodeFactory.instance.objectNode();
    return SseFrames.event(ring.lastId(), "snapshot", data.put("reason", reason).toString());
  }

  /** Ends every stream. */
  public void stop() {
    timers.forEach(vertx::cancelTimer);
    flush();
    all().forEach(EventStream::end);
    streams.clear();
  }
}
