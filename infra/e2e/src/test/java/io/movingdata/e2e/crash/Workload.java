package io.movingdata.e2e.crash;

import io.movingdata.core.judge.Outcome;
import io.movingdata.e2e.harness.Api;
import io.movingdata.testkit.Contents;
import java.util.ArrayList;
import java.util.List;

/** The files of a cell, and what its clients do with them. */
final class Workload {
  private static final int SMALL = 20_000;
  private static final int TRIES = 5;

  private final Cell cell;
  private final Chance chance;
  private final Client client = new Client();
  private final String prefix;
  private String subject;
  private final List<String> files = new ArrayList<>();

  Workload(Cell cell, Chance chance, String prefix) {
    this.cell = cell;
    this.chance = chance;
    this.prefix = prefix;
    this.subject = prefix + "subject";
  }

  Client client() {
    return client;
  }

  /** The file that the cell is about. */
  String subject() {
    return subject;
  }

  /** Every file that was ever asked for. */
  List<String> files() {
    return List.copyOf(files);
  }

  /** Stores what must be there before the client acts. */
  void prepare(Api api) {
    store(api, "bystander/" + subject, SMALL, cell.to());
    if (cell.act() == Act.BULK) {
      store(api, prefix + "second", SMALL, cell.from());
      store(api, prefix + "third", 0, cell.from());
    }
    if (cell.act() == Act.UPLOAD) {
      files.add(subject);
    } else {
      store(api, subject, cell.act() == Act.OVERWRITE ? SMALL : chance.size(), cell.from());
    }
  }

  /** Another file to be about: nothing could be tried with the last one. */
  void prepareAnother(Api api) {
    subject = subject + "-again";
    store(api, subject, chance.size(), cell.from());
  }

  private void store(Api api, String fileId, int size, String location) {
    files.add(fileId);
    byte[] content = Contents.bytes(chance.contentSeed() + files.size(), size);
    for (int tried = 1; tried <= TRIES; tried++) {
      if (client.write(api, fileId, content, location) == Outcome.OK) {
        return;
      }
    }
    throw new AssertionError("the cell could not be prepared: " + client.history());
  }

  /** What the client asks for. */
  Outcome act(Api api) {
    return switch (cell.act()) {
      case MOVE, ABORTED_MOVE -> client.move(api, subject, cell.to());
      case BULK -> client.moveAll(api, prefix, cell.to());
      case COPY -> client.copy(api, subject, cell.to());
      case OVERWRITE, UPLOAD -> client.write(api, subject, newContent(), cell.to());
      case DELETE -> client.delete(api, subject);
    };
  }

  private byte[] newContent() {
    return Contents.bytes(chance.contentSeed() - 1, chance.size());
  }

  /** What another client asks for meanwhile. */
  Outcome interrupt(Api api, Chance.Interruption how) {
    return switch (how) {
      case CANCEL -> client.cancel(api, subject);
      case OVERWRITE ->
          client.write(
              api, subject, Contents.bytes(chance.contentSeed() - 2, SMALL + 1), cell.from());
      case DELETE -> client.delete(api, subject);
    };
  }
}
