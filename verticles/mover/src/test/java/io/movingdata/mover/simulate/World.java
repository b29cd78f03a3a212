package io.movingdata.mover.simulate;

import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.mover.simulate.Step.Ask;
import io.movingdata.mover.simulate.Step.Command;
import io.movingdata.testkit.model.ModelCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A cluster, its catalog, its providers and its clients, from the start until it is at rest. */
final class World {
  /** From then on nothing goes wrong, everybody lives, and what is late has time to arrive. */
  private static final long HEALED = 60 * VirtualTime.SECOND;

  private static final long FIRST_LOOK = HEALED + 35 * VirtualTime.SECOND;
  private static final long LAST_LOOK = HEALED + 300 * VirtualTime.SECOND;
  private static final long FORGET_EVERY = 20 * VirtualTime.SECOND;

  private final Chance chance;
  private final Weather weather;
  private final Faults faults;
  private final Mutant mutant;
  private final List<String> trace;
  private final VirtualTime time = new VirtualTime();
  private final ModelCatalog catalog = new ModelCatalog();
  private final Network network = new Network(this);
  private final Providers providers = new Providers(this);
  private final Watch watch = new Watch(this);
  private final Clients clients = new Clients(this);
  private final Map<String, Life> lives = new LinkedHashMap<>();
  private final Map<String, Product> products = new LinkedHashMap<>();
  private boolean atRest;

  /** A world that has not begun; {@code trace} null where nobody reads it. */
  World(Chance chance, Weather weather, Faults faults, Mutant mutant, List<String> trace) {
    this.chance = chance;
    this.weather = weather;
    this.faults = faults;
    this.mutant = mutant;
    this.trace = trace;
  }

  /** Lets the history happen; what was found wrong while it did, null for nothing. */
  Finding run(List<Command> commands) {
    catalog.watch(watch);
    for (String node : Plan.NODES) {
      time.after(chance.between("start of " + node, 0, 1, 400_000), null, () -> start(node, 0));
    }
    commands.forEach(
        command ->
            time.after(
                command.atMs() * VirtualTime.MILLISECOND, null, () -> clients.perform(command)));
    time.after(FORGET_EVERY, null, this::forget);
    time.after(HEALED, null, this::heal);
    time.after(FIRST_LOOK, null, this::look);
    while (watch.finding() == null && !atRest && time.next()) {
      // The world turns.
    }
    return watch.finding();
  }

  private void start(String node, int number) {
    long skew = weather.skewMs() * VirtualTime.MILLISECOND;
    long ahead = skew == 0 ? 0 : chance.between("skew of " + node, 0, -skew, skew);
    Life life = new Life(this, node, number, ahead);
    lives.put(node, life);
    trace(() -> node + " starts");
    products.put(node, new Product(life));
  }

  /** Lets something happen to a process. */
  void strike(Life life, Effect effect) {
    if (!life.alive() || life.frozen()) {
      return;
    }
    if (effect == Effect.CRASH) {
      trace(() -> life + " crashes");
      life.crash();
      long downtime =
          chance.between(
              "downtime of " + life, life.number(), VirtualTime.SECOND, 12 * VirtualTime.SECOND);
      time.after(downtime, null, () -> restart(life));
    } else if (effect == Effect.FREEZE) {
      trace(() -> life + " freezes");
      life.freeze();
      long ice =
          chance.between(
              "ice of " + life, time.now(), 7 * VirtualTime.SECOND, 40 * VirtualTime.SECOND);
      time.after(ice, null, () -> thaw(life));
    }
  }

  private void restart(Life dead) {
    if (lives.get(dead.node()) == dead && !dead.alive()) {
      start(dead.node(), dead.number() + 1);
    }
  }

  private void thaw(Life life) {
    if (life.frozen()) {
      trace(() -> life + " thaws");
      life.thaw();
    }
  }

  private void forget() {
    long kept = weather.forgetful() ? 45 : 3_600;
    catalog.forget(time.instant().minusSeconds(kept));
    time.after(FORGET_EVERY, null, this::forget);
  }

  private void heal() {
    faults.end();
    trace(() -> "all is well");
    for (Life life : List.copyOf(lives.values())) {
      restart(life);
      thaw(life);
    }
    time.after(10 * VirtualTime.SECOND, null, this::retryStuck);
  }

  private void retryStuck() {
    for (MoveRecord move : List.copyOf(catalog.activeMoves())) {
      if (move.state() == MoveState.STUCK) {
        clients.perform(new Command(0, Plan.NODES.get(0), Ask.RETRY, move.fileId(), null, 0));
      }
    }
    time.after(40 * VirtualTime.SECOND, null, this::retryStuck);
  }

  private void look() {
    atRest = time.now() >= LAST_LOOK || watch.nothingLeft();
    time.after(VirtualTime.SECOND, null, this::look);
  }

  /** The process whose catalog serves a request: the sender's own where it has one. */
  Life catalogFor(Life from, Point request) {
    if (hasCatalog(from.node())) {
      return from;
    }
    List<Life> hosts = new ArrayList<>();
    for (Life life : lives.values()) {
      if (life.alive() && hasCatalog(life.node())) {
        hosts.add(life);
      }
    }
    return hosts.isEmpty()
        ? null
        : hosts.get((int) chance.between("host", request.number(), 0, hosts.size()));
  }

  private boolean hasCatalog(String node) {
    return node.equals(Plan.NODES.get(0)) || chance.between("catalog at " + node, 0, 0, 3) > 0;
  }

  /** How long a message takes, most of them not long. */
  long latency(long which) {
    long usual = chance.between("latency", which, 100, 3_000);
    return chance.between("slow", which, 0, 12) == 0 ? usual * 100 : usual;
  }

  Product product(String node) {
    Life life = lives.get(node);
    return life != null && life.alive() && !life.frozen() ? products.get(node) : null;
  }

  Life life(String node) {
    return lives.get(node);
  }

  List<Life> lives() {
    return List.copyOf(lives.values());
  }

  Instant instantOf(long micros) {
    return time.instant().plusNanos((micros - time.now()) * 1_000);
  }

  void trace(Supplier<String> line) {
    if (trace != null) {
      trace.add("%9.3f  %s".formatted(time.now() / 1e6, line.get()));
    }
  }

  Chance chance() {
    return chance;
  }

  Weather weather() {
    return weather;
  }

  Faults faults() {
    return faults;
  }

  Mutant mutant() {
    return mutant;
  }

  VirtualTime time() {
    return time;
  }

  ModelCatalog catalog() {
    return catalog;
  }

  Network network() {
    return network;
  }

  Providers providers() {
    return providers;
  }

  Watch watch() {
    return watch;
  }

  Clients clients() {
    return clients;
  }
}
