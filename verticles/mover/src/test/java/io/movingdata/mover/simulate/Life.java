package io.movingdata.mover.simulate;

import io.movingdata.core.bus.Topic;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A process from its start to its crash: what it has begun goes on only while it lives. */
final class Life {
  private final World world;
  private final String node;
  private final int number;
  private final Clock clock;
  private final List<Runnable> deferred = new ArrayList<>();
  private final List<Consumer<Object>> hints = new ArrayList<>();
  private boolean dead;
  private boolean frozen;

  /**
   * A process that starts.
   *
   * @param number how often the node was started before
   * @param skewMicros how much its clock is ahead
   */
  Life(World world, String node, int number, long skewMicros) {
    this.world = world;
    this.node = node;
    this.number = number;
    this.clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return world.time().instant().plusNanos(skewMicros * 1_000);
          }
        };
  }

  World world() {
    return world;
  }

  String node() {
    return node;
  }

  int number() {
    return number;
  }

  Clock clock() {
    return clock;
  }

  boolean alive() {
    return !dead;
  }

  boolean frozen() {
    return frozen;
  }

  /** Does something as this process, at once or when it thaws, or never. */
  void run(Runnable action) {
    if (frozen) {
      deferred.add(action);
    } else if (!dead) {
      action.run();
    }
  }

  void crash() {
    dead = true;
    frozen = false;
    deferred.clear();
  }

  void freeze() {
    frozen = !dead;
  }

  /** Goes on with what has piled up, in an order of its own. */
  void thaw() {
    frozen = false;
    for (int i = 0; i < deferred.size(); i++) {
      long delay = world.chance().between("thaw " + node, world.time().now() + i, 1, 30_000);
      world.time().after(delay, this, deferred.get(i));
    }
    deferred.clear();
  }

  <E> void subscribe(Topic<E> topic, Consumer<E> listener) {
    hints.add(
        event -> {
          if (topic.event().isInstance(event)) {
            listener.accept(topic.event().cast(event));
          }
        });
  }

  void hear(Object event) {
    hints.forEach(listener -> listener.accept(event));
  }

  @Override
  public String toString() {
    return node;
  }
}
