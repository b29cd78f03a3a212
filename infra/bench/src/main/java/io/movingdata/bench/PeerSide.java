package io.movingdata.bench;

import java.util.ArrayList;
import java.util.List;

/** Copies between rclone's crypt remotes. Every run has objects of its own. */
final class PeerSide {
  private final Rclone rclone;
  private final SourceFiles files;
  private int runs;

  PeerSide(Rclone rclone, SourceFiles files) {
    this.rclone = rclone;
    this.files = files;
  }

  /** Encrypts a load into a new folder at a location; the folder. */
  String prepare(Load load, String location) {
    String folder = load.name() + "-" + ++runs;
    rclone.run("copy", files.folder(load).toString(), location + ":" + folder);
    return folder;
  }

  /** Copies a prepared folder. */
  void copy(Pair pair, String folder, List<String> options) {
    List<String> command = new ArrayList<>(List.of("copy"));
    command.add(pair.from() + ":" + folder);
    command.add(pair.to() + ":" + folder);
    command.addAll(options);
    rclone.run(command.toArray(String[]::new));
  }

  /** Removes a folder at both ends. */
  void remove(Pair pair, String folder) {
    rclone.run("purge", pair.from() + ":" + folder);
    rclone.run("purge", pair.to() + ":" + folder);
  }
}
