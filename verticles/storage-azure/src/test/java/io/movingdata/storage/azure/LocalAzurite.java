package io.movingdata.storage.azure;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.testkit.process.LocalStackProcess;
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

/** The local stack's Azure server, in a process of its own for the tests of a class. */
final class LocalAzurite implements BeforeAllCallback, AfterAllCallback {
  private static final String SERVER = "azurite";

  private Path data;
  private LocalStackProcess process;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    data = Files.createTempDirectory("azurite-");
    process = LocalStackProcess.start(data, SERVER);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (process != null) {
      process.close();
    }
    List<Path> left;
    try (Stream<Path> files = Files.walk(data)) {
      left = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : left) {
      Files.delete(file);
    }
  }

  URI endpoint() {
    return process.endpoint(SERVER);
  }

  LocationConfig location() {
    return Locations.at(endpoint());
  }

  /** The server as a crash would leave it, and up again. */
  void crash() {
    process.kill();
    process.restart();
  }
}
