package io.movingdata.storage.azure;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.testkit.process.LocalServer;

/** The local stack's Azure server. */
final class LocalAzurite extends LocalServer {
  LocalAzurite() {
    super("azurite");
  }

  LocationConfig location() {
    return Locations.at(endpoint());
  }
}
