package io.movingdata.testkit.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server of the local stack, in a process of its own for the tests of a class. */
public class LocalServer implements BeforeAllCallback, AfterAllCallback {
  private final String server;
  private Path folder;
  private LocalStackProcess process;

  /** A server by its name in the local stack. */
  public LocalServer(String server) {
    this.server = server;
  }

  /**
   * What to start it with.
   *
   * @param scratch a folder that lives as long as the server, for files that options name
   */
  protected List<String> options(Path scratch) throws IOException {
    return List.of();
  }

  @Override
  public final void beforeAll(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory(server + "-");
    process = LocalStackProcess.startWith(options(folder), folder.resolve("data"), server);
  }

  @Override
  public final void afterAll(ExtensionContext context) throws IOException {
    if (process != null) {
      process.close();
    }
    List<Path> left;
    try (Stream<Path> files = Files.walk(folder)) {
      left = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : left) {
      Files.delete(file);
    }
  }

  /** Where it listens. */
  public final URI endpoint() {
    return process.endpoint(server);
  }

  /** Its process, to be killed and restarted. */
  public final LocalStackProcess process() {
    return process;
  }
}
