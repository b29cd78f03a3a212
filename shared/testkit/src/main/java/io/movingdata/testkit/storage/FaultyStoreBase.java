package io.movingdata.testkit.storage;

import static io.movingdata.testkit.Results.outcome;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ByteSource;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.testkit.net.FaultProxy;
import io.movingdata.testkit.net.HttpFaultProxy;
import io.movingdata.testkit.process.LocalServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * A store on a real server, behind a link that fails and a proxy that lies; and another one without
 * either, which sees what is really there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FaultyStoreBase {
  static final Duration PATIENCE = Duration.ofSeconds(4);
  static final Duration HASTE = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(30);

  private Vertx vertx;
  private HttpFaultProxy liar;
  private FaultProxy link;
  private ObjectStore direct;
  private ObjectStore store;
  private ObjectStore hasty;

  /** The real server. */
  protected abstract LocalServer server();

  /**
   * A store on the server's bucket at that address. It tries a call three times or more, and itself
   * waits for a server that asks for two seconds, but not for a minute.
   *
   * @param patience for an answer, for a connection, and for 64 KiB to move
   */
  protected abstract ObjectStore open(Vertx vertx, URI endpoint, Duration patience);

  @BeforeAll
  void start() {
    vertx = Vertx.vertx();
    liar = outcome(HttpFaultProxy.inFrontOf(vertx, server().endpoint()));
    link = outcome(FaultProxy.inFrontOf(vertx, liar.endpoint()));
    direct = open(vertx, server().endpoint(), LONG);
    store = open(vertx, link.endpoint(), PATIENCE);
    hasty = open(vertx, link.endpoint(), HASTE);
    outcome(direct.ensure());
  }

  /** Nothing of a test is left for the next: no fault, no connection with one, no upload. */
  @AfterEach
  void heal() {
    liar.heal();
    link.heal();
    link.reset();
    outcome(direct.unfinishedUploads(Instant.now().plus(Duration.ofDays(1))))
        .forEach(left -> outcome(direct.abortUpload(left.key(), left.uploadId())));
  }

  @AfterAll
  void stop() {
    outcome(Future.join(hasty.close(), store.close(), direct.close()));
    outcome(Future.join(link.close(), liar.close()));
    outcome(vertx.close());
  }

  /** For servers and timers of a test. */
  protected final Vertx vertx() {
    return vertx;
  }

  /** The proxy that loses, repeats and forges requests and answers. */
  protected final HttpFaultProxy liar() {
    return liar;
  }

  /** The link that cuts, slows and swallows. */
  protected final FaultProxy link() {
    return link;
  }

  /** The store without faults. */
  protected final ObjectStore direct() {
    return direct;
  }

  /** The store under test. */
  protected final ObjectStore store() {
    return store;
  }

  /** As {@link #store}, with less patience, for what is to be given up. */
  final ObjectStore hasty() {
    return hasty;
  }

  /** As {@link #direct}, by another client. */
  final ObjectStore anotherDirect() {
    return open(vertx, server().endpoint(), LONG);
  }

  /** Everything that a store can be asked, each on objects of its own. */
  final StoreCalls calls(ObjectStore of) {
    return new StoreCalls(of, store, direct);
  }

  /** An object as it really is. */
  protected final Buffer content(String key) {
    return outcome(direct.read(key, 0, -1, null).compose(FaultyStoreBase::whole));
  }

  /** Whether there really is an object. */
  protected final boolean exists(String key) {
    return outcome(
        direct
            .stat(key)
            .map(true)
            .recover(
                failure ->
                    MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(failure)));
  }

  /** The rest of a read. */
  static Future<Buffer> whole(ByteSource source) {
    return rest(source, Buffer.buffer());
  }

  private static Future<Buffer> rest(ByteSource source, Buffer sofar) {
    return source
        .next()
        .compose(
            piece ->
                piece == null
                    ? Future.succeededFuture(sofar)
                    : rest(source, sofar.appendBuffer(piece)));
  }
}
