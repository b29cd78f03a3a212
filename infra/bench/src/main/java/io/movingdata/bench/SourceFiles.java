package io.movingdata.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The content that both sides store, as files: random bytes, the same in every run. */
final class SourceFiles {
  private static final int BLOCK = 64 * 1024;

  private final Path root;

  SourceFiles(Path root) {
    this.root = root;
  }

  /** The folder of a load's files. */
  Path folder(Load load) {
    return root.resolve(load.name());
  }

  /** One file. */
  Path file(Load load, int index) {
    return folder(load).resolve(load.object(index));
  }

  /** Writes a load's files. */
  void write(Load load) throws IOException {
    Files.createDirectories(folder(load));
    Random random = new Random(load.size());
    byte[] block = new byte[BLOCK];
    for (int i = 0; i < load.count(); i++) {
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(file(load, i)), BLOCK)) {
        for (long rest = load.size(); rest > 0; rest -= BLOCK) {
          random.nextBytes(block);
          out.write(block, 0, (int) Math.min(BLOCK, rest));
        }
      }
    }
  }
}
