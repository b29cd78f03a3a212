package io.movingdata.storage.azure;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.LocationConfig.AzureCredentials;
import io.movingdata.core.config.Provider;
import io.movingdata.core.config.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.URI;
import java.util.List;

/** Azure locations for tests. */
final class Locations {
  /** The account that the emulator has. */
  static final String ACCOUNT = "devstoreaccount1";

  /** The emulator's published key. */
  static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  /** A key that no account has. */
  static final String WRONG_KEY = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ=";

  private Locations() {}

  /** A store of the location. */
  static AzureObjectStore open(Vertx vertx, LocationConfig location, AzureLimits limits) {
    return AzureObjectStore.of(vertx, cpu(vertx), location, limits);
  }

  static WorkerExecutor cpu(Vertx vertx) {
    return vertx.createSharedWorkerExecutor("cpu");
  }

  static LocationConfig at(URI endpoint) {
    return of(endpoint, "netapp-blob", KEY);
  }

  static LocationConfig withKey(URI endpoint, String key) {
    return of(endpoint, "netapp-blob", key);
  }

  static LocationConfig withContainer(URI endpoint, String container) {
    return of(endpoint, container, KEY);
  }

  private static LocationConfig of(URI endpoint, String container, String key) {
    return new LocationConfig(
        "azure",
        Provider.AZURE,
        endpoint,
        container,
        null,
        new AzureCredentials(ACCOUNT, Secret.of(key)),
        null,
        null,
        List.of("system"),
        "warm",
        "local",
        0.0184,
        0.087,
        4);
  }
}
