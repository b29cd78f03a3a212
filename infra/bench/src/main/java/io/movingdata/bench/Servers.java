package io.movingdata.bench;

import io.movingdata.testkit.process.LocalStackProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The servers of the local stack, each in a process of its own so that its cost can be told. */
final class Servers implements AutoCloseable {
  private static final List<String> ALL = List.of("s3", "azurite", "gcs", "mongo");

  private final Map<String, LocalStackProcess> running = new LinkedHashMap<>();

  private Servers() {}

  static Servers start(Path data, CpuMeter meter) {
    Servers servers = new Servers();
    try {
      for (String name : ALL) {
        LocalStackProcess server = LocalStackProcess.start(data.resolve(name), name);
        servers.running.put(name, server);
        meter.add(name, server.handle());
      }
      return servers;
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  URI endpoint(String server) {
    return running.get(server).endpoint(server);
  }

  @Override
  public void close() {
    running.values().forEach(LocalStackProcess::close);
  }
}
