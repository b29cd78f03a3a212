package io.movingdata.core.contract;

import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Done;
import io.movingdata.core.bus.Topic;
import io.movingdata.core.model.Requester;
import java.time.Instant;
import java.util.List;

/** Synthetic load, and the sensor sandbox. */
public final class SimulatorApi {
  /** Most events of one burst. */
  public static final int MOST_EVENTS = 100_000;

  private static final String OWNER = "simulator";

  private SimulatorApi() {}

  /** Starts a burst. {@code OVERLOADED} while as many run as may. */
  public static final Address<StartBurst, Burst> START =
      Address.of(OWNER, "burst-start", StartBurst.class, Burst.class);

  /** A burst. {@code MOVE_NOT_FOUND} where none of that id is known. */
  public static final Address<BurstRef, Burst> GET_BURST =
      Address.of(OWNER, "burst-get", BurstRef.class, Burst.class);

  /** Ends a burst before its time. */
  public static final Topic<BurstRef> CANCEL =
      new Topic<>("movingdata.event.burst-cancel", BurstRef.class);

  /** How a burst goes on. */
  public static final Topic<Burst> BURST = new Topic<>("movingdata.event.burst", Burst.class);

  /** The background load. */
  public static final Address<Done, Load> GET_LOAD =
      Address.of(OWNER, "load-get", Done.class, Load.class);

  /** Changes the background load of the whole cluster. */
  public static final Address<PutLoad, Load> PUT_LOAD =
      Address.of(OWNER, "load-put", PutLoad.class, Load.class);

  /** The background load as it runs. */
  public static final Topic<Load> LOAD = new Topic<>("movingdata.event.simulator", Load.class);

  /** A reading of a device. */
  public static final Topic<Reading> READING =
      new Topic<>("movingdata.event.reading", Reading.class);

  /** What devices told lately. */
  public static final Address<PeekQuery, Peek> PEEK =
      Address.of(OWNER, "peek", PeekQuery.class, Peek.class);

  /**
   * A burst to run.
   *
   * @param events how many, 1 to {@link #MOST_EVENTS}
   * @param fileIds of these files; of all where empty
   * @param includeMoves whether files are moved too, one for every 50 events
   * @param streamEvents whether the events go to the event broker
   * @param paceMs wait between two events, ms, 0 to 10 000
   * @param seed the same seed makes the same events of the same files
   */
  public record StartBurst(
      int events,
      List<String> fileIds,
      boolean includeMoves,
      boolean streamEvents,
      int paceMs,
      long seed,
      Requester requester) {
    public StartBurst {
      fileIds = fileIds == null ? List.of() : List.copyOf(fileIds);
    }
  }

  /** Names a burst. */
  public record BurstRef(String burstId) {}

  /** A burst: {@code state} is running, done, cancelled or failed. */
  public record Burst(
      String burstId,
      String state,
      int wanted,
      int eventsGenerated,
      int migrationsTriggered,
      int streamEnqueued,
      String error,
      Instant startedAt,
      Instant finishedAt) {}

  /**
   * The background load.
   *
   * @param eventsPerMinute events a minute on average over a day
   * @param seed the same seed makes the same popularity and rhythm
   * @param includeMoves whether files are moved now and then
   * @param events how many there were since it was last switched on
   * @param moves how many files it has moved since
   */
  public record Load(
      boolean enabled,
      int eventsPerMinute,
      long seed,
      boolean includeMoves,
      long events,
      long moves,
      String node) {}

  /** A change of the background load; what is null stays. */
  public record PutLoad(
      Boolean enabled, Integer eventsPerMinute, Long seed, Boolean includeMoves) {}

  /** One reading. */
  public record Reading(String deviceId, double temperature, Instant ts) {}

  /** A reading that is unusual: {@code method} is z_score or ewma; {@code score} in deviations. */
  public record Unusual(
      String deviceId, double temperature, String method, double score, Instant ts) {}

  /** {@code limit}: 1 to 500. */
  public record PeekQuery(int limit) {}

  /** What devices told, newest first. */
  public record Peek(int devices, List<Reading> readings, List<Unusual> anomalies) {
    public Peek {
      readings = readings == null ? List.of() : List.copyOf(readings);
      anomalies = anomalies == null ? List.of() : List.copyOf(anomalies);
    }
  }
}
