package io.movingdata.storage.gcs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.movingdata.core.config.LocationConfig.GcsCredentials;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.http.HttpDate;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.storage.BoundedBody;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.codec.BodyCodec;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The access token of a service account: fetched when first needed, kept, renewed before it
 * expires, one request at a time however many wait. Without credentials there is no token.
 */
final class GcsAuth {
  private static final Duration EARLY = Duration.ofMinutes(5);
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String OPERATION = "give an access token";

  private final Vertx vertx;
  private final WebClient web;
  private final Clock clock;
  private final GcsLimits limits;
  private final URI tokenUri;
  private final GcsAssertion assertion;

  private Token token;
  private Future<String> fetching;

  /**
   * The tokens of one account.
   *
   * @param credentials null, or without account and key, for an emulator
   * @throws IllegalArgumentException if they are incomplete or the key is not readable
   */
  GcsAuth(Vertx vertx, WebClient web, Clock clock, GcsLimits limits, GcsCredentials credentials) {
    this.vertx = vertx;
    this.web = web;
    this.clock = clock;
    this.limits = limits;
    boolean anonymous =
        credentials == null
            || (credentials.clientEmail() == null && credentials.privateKeyPem() == null);
    this.tokenUri = anonymous ? null : credentials.tokenUri();
    this.assertion = anonymous ? null : assertion(credentials);
  }

  private static GcsAssertion assertion(GcsCredentials credentials) {
    if (credentials.clientEmail() == null
        || credentials.privateKeyPem() == null
        || credentials.tokenUri() == null) {
      throw new IllegalArgumentException(
          "a Google service account needs an e-mail address, a private key and a token address");
    }
    return new GcsAssertion(
        credentials.clientEmail(), credentials.privateKeyPem().reveal(), credentials.tokenUri());
  }

  /** A token that is valid for now, or null where none is used. */
  Future<String> token() {
    if (assertion == null) {
      return Future.succeededFuture();
    }
    synchronized (this) {
      Instant now = clock.instant();
      if (token != null && now.isBefore(token.renewAt())) {
        return Future.succeededFuture(token.value());
      }
      if (fetching == null) {
        Token old = token;
        fetching = fetch().recover(failure -> keep(old, failure)).onComplete(done -> fetched());
      }
      return here(fetching);
    }
  }

  /** Many contexts may wait for one request; each is answered on its own. */
  private Future<String> here(Future<String> shared) {
    Context context = vertx.getOrCreateContext();
    Promise<String> promise = Promise.promise();
    shared.onComplete(outcome -> context.runOnContext(ignored -> promise.handle(outcome)));
    return promise.future();
  }

  /** Says that the provider refused a token, so that the next one is a new one. */
  synchronized void refused(String value) {
    if (token != null && token.value().equals(value)) {
      token = null;
    }
  }

  private synchronized void fetched() {
    fetching = null;
  }

  private Future<String> keep(Token old, Throwable failure) {
    boolean usable = old != null && clock.instant().isBefore(old.expiresAt());
    return usable ? Future.succeededFuture(old.value()) : Future.failedFuture(failure);
  }

  private Future<String> fetch() {
    return Retries.run(vertx, limits.retry(), this::request).map(this::remember);
  }

  private Future<TokenReply> request() {
    BoundedBody collected = limits.answer();
    return vertx
        .executeBlocking(() -> assertion.sign(clock.instant()), false)
        .compose(
            signed ->
                web.postAbs(tokenUri.toString())
                    .as(BodyCodec.pipe(collected))
                    .timeout(limits.answerMs())
                    .connectTimeout(limits.connectMs())
                    .sendForm(
                        MultiMap.caseInsensitiveMultiMap()
                            .add("grant_type", GRANT)
                            .add("assertion", signed)))
        .recover(failure -> Future.failedFuture(GcsErrors.unreachable(failure, OPERATION)))
        .map(reply -> read(new GcsAnswer(reply.statusCode(), reply.headers(), collected.bytes())));
  }

  private TokenReply read(GcsAnswer answer) {
    if (answer.status() >= 400 && answer.status() < 500 && answer.status() != 429) {
      throw MovingDataException.of(
          ErrorCode.PROVIDER_REJECTED,
          "Google refused the service account: status "
              + answer.status()
              + HttpDate.skew(answer.header("Date"), clock.instant()));
    }
    TokenReply reply = GcsErrors.json(answer, TokenReply.class, OPERATION);
    if (reply.accessToken() == null || reply.expiresIn() <= 0) {
      throw GcsErrors.nonsense(OPERATION, "no token in it");
    }
    return reply;
  }

  private synchronized String remember(TokenReply reply) {
    Instant now = clock.instant();
    Duration lifetime = Duration.ofSeconds(reply.expiresIn());
    Duration quarter = lifetime.dividedBy(4);
    Duration early = quarter.compareTo(EARLY) < 0 ? quarter : EARLY;
    token = new Token(reply.accessToken(), now.plus(lifetime.minus(early)), now.plus(lifetime));
    return token.value();
  }

  private record Token(String value, Instant renewAt, Instant expiresAt) {
    @Override
    public String toString() {
      return "Token until " + expiresAt;
    }
  }

  private record TokenReply(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("expires_in") long expiresIn) {
    @Override
    public String toString() {
      return "TokenReply";
    }
  }

  @Override
  public String toString() {
    return assertion == null ? "GcsAuth without credentials" : "GcsAuth by " + assertion;
  }
}
