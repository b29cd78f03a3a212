package io.movingdata.storage.gcs;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.LocationConfig.GcsCredentials;
import io.movingdata.core.config.Provider;
import java.net.URI;
import java.util.List;

/** GCS locations of which only address, bucket and credentials matter. */
final class Locations {
  private Locations() {}

  static LocationConfig of(URI endpoint, String bucket, GcsCredentials credentials) {
    return new LocationConfig(
        "gcs",
        Provider.GCS,
        endpoint,
        bucket,
        null,
        null,
        credentials,
        null,
        List.of("system"),
        "cold",
        "europe-west1",
        0.01,
        0.1,
        4);
  }
}
