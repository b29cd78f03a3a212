package io.movingdata.testkit.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of the whole repository, found from wherever a test runs. */
public final class RepositoryRoot {
  private static final String MARK = "infra/local-stack/pom.xml";

  private RepositoryRoot() {}

  /** The nearest folder above the working directory that holds the local stack. */
  public static Path find() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(MARK))) {
        return folder;
      }
    }
    throw new IllegalStateException("no folder above " + start + " holds " + MARK);
  }
}
