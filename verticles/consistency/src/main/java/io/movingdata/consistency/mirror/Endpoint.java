package io.movingdata.consistency.mirror;

import io.movingdata.core.config.NodeConfig;
import java.net.URI;

/**
 * A mirror's addresses, which may hold secrets: they are never logged.
 *
 * @param name unique; a state and a finding carry it
 * @param url where changes are posted to
 * @param getUrl below which what it holds can be asked for, null for nowhere
 */
record Endpoint(String name, URI url, URI getUrl) {
  static Endpoint of(NodeConfig.Mirror mirror) {
    return new Endpoint(
        mirror.name(),
        URI.create(mirror.url().reveal()),
        mirror.getUrl() == null ? null : URI.create(mirror.getUrl().reveal()));
  }

  /** The host alone. */
  String host() {
    return url.getHost();
  }

  @Override
  public String toString() {
    return name;
  }
}
