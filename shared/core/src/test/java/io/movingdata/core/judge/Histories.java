package io.movingdata.core.judge;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveKind;
import java.time.Instant;
import java.util.List;

/** Healthy histories from seeds. */
final class Histories {
  private Histories() {}

  static World of(long seed) {
    World world = new World(seed);
    int steps = 10 + world.random.nextInt(40);
    for (int i = 0; i < steps; i++) {
      step(world);
    }
    return world;
  }

  private static void step(World world) {
    List<FileRecord> live = world.files.values().stream().filter(f -> !f.deleted()).toList();
    int choice = world.random.nextInt(11);
    if (live.isEmpty() || choice == 0) {
      world.newFile();
      return;
    }
    FileRecord file = world.pick(live);
    String id = file.id();
    boolean room = file.replicas().size() < World.LOCATIONS.size();
    switch (choice) {
      case 1 -> world.write(world.pick(List.copyOf(world.files.keySet())), Outcome.OK, true);
      case 2 -> world.write(id, Outcome.UNKNOWN, world.random.nextBoolean());
      case 3 -> world.write(id, Outcome.FAILED, false);
      case 4 -> world.delete(id);
      case 5 -> world.read(world.pick(List.copyOf(world.files.keySet())));
      case 6 -> {
        Instant before = world.tick();
        world.write(id, Outcome.OK, true);
        world.readBefore(id, before, file.sha256());
      }
      case 7, 8 -> {
        MoveKind kind = choice == 7 ? MoveKind.MOVE : MoveKind.COPY;
        if (room) {
          world.move(id, kind, world.elsewhere(file), null);
        }
      }
      case 9 -> {
        if (room) {
          world.abortedMove(id, world.elsewhere(file));
        }
      }
      default -> retriedMove(world, file);
    }
  }

  /** A move that is asked for twice under one key. */
  private static void retriedMove(World world, FileRecord file) {
    if (file.replicas().size() < World.LOCATIONS.size()) {
      world.move(file.id(), MoveKind.MOVE, world.elsewhere(file), world.hex(8));
      world.history.add(world.history.get(world.history.size() - 1));
    }
  }
}
