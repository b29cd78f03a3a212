package io.movingdata.rules.alert;

import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.http.PublicAddresses;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.Alert;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Tells one configured address of alerts. The address may hold a secret and is never written
 * anywhere but for its host. What the name leads to is looked at before each call, and that very
 * address is connected to; one on this machine or in a private network is refused unless that is
 * allowed. Redirects are not followed.
 */
final class Webhook {
  private static final int TIMEOUT_MS = 10_000;

  private final Vertx vertx;
  private final URI target;
  private final boolean privateToo;
  private final HttpClient client;

  private Webhook(Vertx vertx, URI target, boolean privateToo) {
    this.vertx = vertx;
    this.target = target;
    this.privateToo = privateToo;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(TIMEOUT_MS)
                .setIdleTimeout(TIMEOUT_MS)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAlive(false));
  }

  /** The webhook of a configuration, null where none is configured. */
  static Webhook of(Vertx vertx, NodeConfig.Alerts settings) {
    return settings.webhook() == null
        ? null
        : new Webhook(vertx, URI.create(settings.webhook().reveal()), settings.webhookPrivate());
  }

  /** Where it is, without what may be secret. */
  String host() {
    return target.getHost();
  }

  /** Tells of an alert; fails where nobody said that it was taken. */
  Future<Void> tell(Alert alert, String state, String nodeId) {
    JsonObject body =
        new JsonObject()
            .put("event", "alert." + state)
            .put("node", nodeId)
            .put("alert", Json.toObject(alert));
    // The same for each repetition, so that whoever is told twice can see it.
    String key = alert.id() + "-" + alert.raisedAt().toEpochMilli() + "-" + state;
    return address()
        .compose(address -> client.request(options(address)))
        .compose(
            request ->
                request
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Idempotency-Key", key)
                    .send(body.toBuffer())
                    .compose(
                        response -> {
                          int status = response.statusCode();
                          return request
                              .connection()
                              .close()
                              .transform(
                                  closed ->
                                      status >= 200 && status < 300
                                          ? Future.succeededFuture()
                                          : Future.failedFuture("status " + status));
                        }));
  }

  private RequestOptions options(InetAddress address) {
    boolean tls = target.getScheme().equals("https");
    int port = target.getPort() > 0 ? target.getPort() : tls ? 443 : 80;
    String path = target.getRawPath() == null ? "" : target.getRawPath();
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
        .setHost(target.getHost())
        .setPort(port)
        .setSsl(tls)
        .setTimeout(TIMEOUT_MS)
        .setURI((path.isEmpty() ? "/" : path) + query);
  }

  private Future<InetAddress> address() {
    return vertx.executeBlocking(
        () -> {
          InetAddress[] all = InetAddress.getAllByName(target.getHost());
          boolean allowed = privateToo || Arrays.stream(all).allMatch(PublicAddresses::contains);
          if (!allowed) {
            throw MovingDataException.of(
                ErrorCode.POLICY_DENIED,
                target.getHost()
                    + " leads to this machine or a private network; ALERT_WEBHOOK_PRIVATE allows"
                    + " that");
          }
          return all[0];
        },
        false);
  }

  Future<Void> close() {
    return client.close();
  }
}
