package io.movingdata.consistency.mirror;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.state.StateStore;
import io.movingdata.core.state.StateStore.Stored;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What this node knows of each mirror while it has the turn, now and then written to the catalog;
 * and how often each was to be told everything again, which any node may raise.
 */
final class MirrorBook {
  static final String KIND = "mirrors";

  private static final int MOST_LATE = 100_000;

  private final StateStore<MirrorState> states;
  private final StateStore<Generation> generations;
  private final List<String> names;
  private final Map<String, Entry> entries = new HashMap<>();

  /** How often everything was asked for again. */
  record Generation(long number, Instant at) {}

  /** One mirror. */
  private static final class Entry {
    MirrorState state = MirrorState.fresh();
    MirrorState saved = MirrorState.fresh();
    long version;
    long generation;
    Circuit circuit = Circuit.fresh();
    Set<String> late = new LinkedHashSet<>();
    Set<String> lateInSweep = new LinkedHashSet<>();
  }

  MirrorBook(NodeContext node, List<String> names) {
    this.states = new StateStore<>(node.bus(), node.clock(), KIND, MirrorState.class);
    this.generations = new StateStore<>(node.bus(), node.clock(), KIND, Generation.class);
    this.names = List.copyOf(names);
    names.forEach(name -> entries.put(name, new Entry()));
  }

  MirrorState state(String name) {
    return entries.get(name).state;
  }

  long generation(String name) {
    return entries.get(name).generation;
  }

  Circuit circuit(String name) {
    return entries.get(name).circuit;
  }

  /** A mirror took a change. */
  void took(String name, String fileId, Instant now) {
    Entry entry = entries.get(name);
    entry.circuit = Circuit.fresh();
    entry.late.remove(fileId);
    entry.lateInSweep.remove(fileId);
    entry.state = entry.state.delivered(now).pending(entry.late.size());
  }

  /** A mirror is still to be told of a file. */
  void late(String name, String fileId) {
    Entry entry = entries.get(name);
    if (entry.late.size() < MOST_LATE) {
      entry.late.add(fileId);
      entry.lateInSweep.add(fileId);
    }
    entry.state = entry.state.pending(entry.late.size());
  }

  /** A mirror did not take a change, or did not answer. */
  void failed(String name, MirrorException why, Circuit then) {
    Entry entry = entries.get(name);
    entry.circuit = then;
    entry.state = entry.state.failed(why.getMessage(), why.ofFile());
  }

  void change(String name, UnaryOperator<MirrorState> change) {
    Entry entry = entries.get(name);
    entry.state = change.apply(entry.state);
  }

  /** From now on all files that are late will be found. */
  void beginSweep() {
    entries.values().forEach(entry -> entry.lateInSweep.clear());
  }

  /** All files that are late have been found. */
  void endSweep() {
    for (Entry entry : entries.values()) {
      entry.late = entry.lateInSweep;
      entry.lateInSweep = new LinkedHashSet<>();
      entry.state = entry.state.pending(entry.late.size());
    }
  }

  /** Takes over what was last written. */
  Future<Void> load() {
    return Future.all(names.stream().map(this::load).toList()).mapEmpty();
  }

  private Future<Void> load(String name) {
    return states
        .get(id(name))
        .map(
            found -> {
              Entry entry = entries.get(name);
              entry.state = found.map(Stored::value).orElse(MirrorState.fresh());
              entry.saved = entry.state;
              entry.version = found.map(Stored::version).orElse(0L);
              return null;
            });
  }

  /** As last written by whichever node. */
  Future<MirrorState> read(String name) {
    return states.get(id(name)).map(found -> found.map(Stored::value).orElse(MirrorState.fresh()));
  }

  /** Writes what has changed; what another node wrote meanwhile is taken over. */
  Future<Void> save() {
    return Future.all(names.stream().map(name -> save(name, entries.get(name))).toList())
        .mapEmpty();
  }

  private Future<Void> save(String name, Entry entry) {
    MirrorState now = entry.state;
    if (now.equals(entry.saved)) {
      return Future.succeededFuture();
    }
    return states
        .put(id(name), entry.version, now)
        .map(
            written -> {
              entry.saved = now;
              entry.version = written.version();
              return (Void) null;
            })
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                    ? load(name)
                    : Future.failedFuture(failure));
  }

  /** Reads the generations; whether one was raised since. */
  Future<Boolean> readGenerations() {
    return Future.all(names.stream().map(name -> generations.get(generationId(name))).toList())
        .map(
            all -> {
              boolean raised = false;
              for (int i = 0; i < names.size(); i++) {
                Optional<Stored<Generation>> found = all.resultAt(i);
                long number = found.map(one -> one.value().number()).orElse(0L);
                Entry entry = entries.get(names.get(i));
                raised |= entry.generation != number;
                entry.generation = number;
              }
              return raised;
            });
  }

  /** Has a mirror told everything again. */
  Future<Void> raise(String name, Instant now) {
    return generations
        .get(generationId(name))
        .compose(
            found ->
                generations.put(
                    generationId(name),
                    found.map(Stored::version).orElse(0L),
                    new Generation(found.map(one -> one.value().number()).orElse(0L) + 1, now)))
        .<Void>mapEmpty()
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  private static String id(String name) {
    return "mirror." + name;
  }

  private static String generationId(String name) {
    return "generation." + name;
  }
}
