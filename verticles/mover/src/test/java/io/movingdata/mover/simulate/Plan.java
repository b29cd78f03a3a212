package io.movingdata.mover.simulate;

import io.movingdata.mover.simulate.Step.Ask;
import io.movingdata.mover.simulate.Step.Command;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What clients ask for in the history of a seed. */
final class Plan {
  static final List<String> LOCATIONS = List.of("s3", "azure", "gcs");
  static final List<String> NODES = List.of("n1", "n2", "n3");

  /** Nobody asks for anything after that many milliseconds. */
  static final long LAST_MS = 50_000;

  private static final List<String> FILES = List.of("f1", "f2");
  private static final int COMMANDS = 14;

  private final Chance chance;

  private Plan(Chance chance) {
    this.chance = chance;
  }

  static List<Command> of(Chance chance) {
    return new Plan(chance).commands();
  }

  private List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < FILES.size(); i++) {
      commands.add(command(i, Ask.UPLOAD, FILES.get(i), 500 + i * 200L));
    }
    long at = 2_000;
    for (int i = commands.size(); i < COMMANDS; i++) {
      boolean together = chance.between("together", i, 0, 4) == 0;
      at += together ? chance.between("gap", i, 0, 80) : chance.between("gap", i, 100, 7_000);
      String file = FILES.get((int) chance.between("file", i, 0, FILES.size()));
      commands.add(command(i, ask(i), file, Math.min(at, LAST_MS)));
    }
    commands.sort(Comparator.comparingLong(Command::atMs));
    return commands;
  }

  private Command command(int i, Ask ask, String file, long atMs) {
    String node = NODES.get((int) chance.between("node", i, 0, NODES.size()));
    String location = LOCATIONS.get((int) chance.between("location", i, 0, LOCATIONS.size()));
    return new Command(atMs, node, ask, file, location, i + 1);
  }

  private Ask ask(int i) {
    long dice = chance.between("ask", i, 0, 100);
    if (dice < 38) {
      return Ask.MOVE;
    } else if (dice < 50) {
      return Ask.UPLOAD;
    } else if (dice < 60) {
      return Ask.COPY;
    } else if (dice < 67) {
      return Ask.DELETE;
    } else if (dice < 78) {
      return Ask.READ;
    } else if (dice < 87) {
      return Ask.CANCEL;
    } else if (dice < 91) {
      return Ask.RETRY;
    } else if (dice < 97) {
      return Ask.DROP;
    }
    return Ask.DAMAGE;
  }
}
