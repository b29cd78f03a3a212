package io.movingdata.e2e.harness;

import static io.movingdata.testkit.Results.outcome;

import io.movingdata.core.config.Provider;
import io.movingdata.core.judge.ProviderRequest;
import io.movingdata.testkit.net.HttpFaultProxy;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A proxy before each provider, whose log says what nodes asked of it. */
public final class ObservedProviders implements AutoCloseable {
  private static final Map<Provider, String> ADDRESSES =
      Map.of(
          Provider.S3, "S3_ENDPOINT",
          Provider.AZURE, "AZURITE_BLOB_URL",
          Provider.GCS, "GCS_ENDPOINT");

  private final Vertx vertx = Vertx.vertx();
  private final Map<Provider, HttpFaultProxy> proxies = new LinkedHashMap<>();

  /** Proxies before the providers that the settings name. */
  ObservedProviders(Map<String, String> settings) {
    ADDRESSES.forEach(
        (provider, variable) -> {
          URI endpoint = URI.create(settings.get(variable));
          proxies.put(provider, outcome(HttpFaultProxy.inFrontOf(vertx, endpoint)));
        });
  }

  /** Settings with which a node goes through the proxies. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    proxies.forEach(
        (provider, proxy) -> settings.put(ADDRESSES.get(provider), proxy.endpoint().toString()));
    return settings;
  }

  /** The proxy before a provider. */
  public HttpFaultProxy before(Provider provider) {
    return proxies.get(provider);
  }

  /** Everything that was asked, in the order of arrival. */
  List<ProviderRequest> requests() {
    List<ProviderRequest> all = new ArrayList<>();
    proxies.forEach(
        (provider, proxy) ->
            proxy.log().forEach(e -> all.add(RequestKinds.of(provider.wire(), provider, e))));
    all.sort(Comparator.comparing(ProviderRequest::begun));
    return all;
  }

  @Override
  public void close() {
    proxies.values().forEach(proxy -> outcome(proxy.close()));
    outcome(vertx.close());
  }
}
