package io.movingdata.testkit.storage;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ByteSource;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.movingdata.testkit.Contents;
import io.movingdata.testkit.net.Direction;
import io.movingdata.testkit.net.FaultScript;
import io.movingdata.testkit.net.HttpFault;
import io.movingdata.testkit.net.HttpFaults;
import io.movingdata.testkit.net.LinkFaults;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How every store takes a network that cuts, damages, slows and swallows, and a provider that lies:
 * the faults of both, against a real server.
 */
public abstract class LinkFaultsContract extends LyingProviderContract {
  private static final Map<String, String> METADATA = Map.of("mdcopy", "abc");
  private static final Buffer BODY = Contents.buffer(2, 3_000_000);
  private static final int CUT = 1_000_000;
  private static final int PART = 21 * 256 * 1024;

  private String key;

  @BeforeEach
  void choose() {
    key = UUID.randomUUID().toString();
  }

  static Stream<Named<HttpFault>> cuts() {
    return Stream.of(
        Named.of("closed", HttpFaults.cutDown(CUT)), Named.of("reset", HttpFaults.resetDown(CUT)));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void aDownloadThatIsCutFailsAfterTheBytesThatCame(HttpFault cut) {
    outcome(direct().put(key, METADATA, BODY));
    liar().plan(FaultScript.on("GET", key, cut));
    ByteSource source = outcome(store().read(key, 0, -1, null));
    Buffer came = Buffer.buffer();

    MovingDataException failure = refusal(collect(source, came), ErrorCode.PROVIDER_DOWN);

    assertThat(failure).isNotNull();
    assertThat(came.length()).isLessThanOrEqualTo(CUT);
    assertThat(came).isEqualTo(BODY.getBuffer(0, came.length()));
    refusal(source.next(), ErrorCode.PROVIDER_DOWN);
    liar().heal();
    assertThat(outcome(store().read(key, 0, -1, null).compose(FaultyStoreBase::whole)))
        .isEqualTo(BODY);
  }

  private static Future<Void> collect(ByteSource source, Buffer into) {
    return source
        .next()
        .compose(
            piece -> {
              if (piece == null) {
                return Future.succeededFuture();
              }
              into.appendBuffer(piece);
              return collect(source, into);
            });
  }

  @Test
  void anUploadThatIsCutIsNoObjectAndSucceedsLater() {
    link().set(Direction.UP, LinkFaults.cutAfter(CUT));

    refusal(store().put(key, METADATA, BODY), ErrorCode.PROVIDER_DOWN);

    assertThat(exists(key)).isFalse();
    link().heal();
    outcome(store().put(key, METADATA, BODY));
    assertThat(content(key)).isEqualTo(BODY);
  }

  @Test
  void connectionsThatWereResetAreNotMissed() {
    outcome(store().put(key, METADATA, BODY));
    link().reset();

    assertThat(outcome(store().stat(key)).size()).isEqualTo(BODY.length());
  }

  @Test
  void aServerThatRefusesConnectionsIsDownAndComesBack() {
    StoreCalls calls = asked(hasty());
    link().reset();
    link().refuse();

    allGivenUp(calls.all());

    link().heal();
    assertThat(outcome(hasty().probe())).isNotEmpty();
  }

  /** One byte now and then keeps no call and no slot for long, in whatever part of an answer. */
  @ParameterizedTest
  @EnumSource(Direction.class)
  void aLinkThatCrawlsIsGivenUp(Direction direction) {
    StoreCalls calls = asked(hasty());
    link().reset();
    link().set(direction, LinkFaults.bandwidth(10));

    allGivenUp(calls.all());
  }

  @Test
  void aDownloadThatCrawlsIsGivenUp() {
    outcome(direct().put(key, METADATA, BODY));
    link().reset();
    link().set(Direction.DOWN, LinkFaults.bandwidth(10_000));

    refusal(
        hasty().read(key, 0, -1, null).compose(FaultyStoreBase::whole),
        ErrorCode.PROVIDER_DOWN,
        GIVES_UP);
  }

  @Test
  void aLinkThatIsOnlySlowIsWaitedFor() {
    Buffer body = Contents.buffer(3, 18_000_000);
    link().reset();
    link().set(Direction.UP, LinkFaults.bandwidth(2_000_000));
    link().set(Direction.DOWN, LinkFaults.bandwidth(20_000_000));

    outcome(store().put(key, METADATA, body));

    assertThat(outcome(store().read(key, 0, -1, null).compose(FaultyStoreBase::whole)))
        .isEqualTo(body);
  }

  @Test
  void aFrozenLinkIsGivenUpAndThaws() {
    outcome(store().put(key, METADATA, BODY));
    link().freeze();
    refusal(hasty().stat(key), ErrorCode.PROVIDER_DOWN, GIVES_UP);

    link().heal();

    assertThat(outcome(hasty().stat(key)).size()).isEqualTo(BODY.length());
  }

  @Test
  void whatWasAcknowledgedOutlivesACrashOfTheServer() {
    Buffer first = Contents.buffer(4, PART);
    Buffer last = Contents.buffer(5, 1_000);
    String other = key + "-parts";
    outcome(direct().put(key, METADATA, BODY));
    String upload = outcome(direct().beginUpload(other, METADATA));
    outcome(direct().uploadPart(other, upload, new Part(1, 0, PART, false), first));

    server().process().kill();
    server().process().restart();

    assertThat(content(key)).isEqualTo(BODY);
    ObjectStore later = anotherDirect();
    UploadedParts held = outcome(later.uploadedParts(other, upload));
    assertThat(held.size()).isEqualTo(PART);
    List<String> tags = new ArrayList<>(held.tags());
    tags.add(outcome(later.uploadPart(other, upload, new Part(2, PART, 1_000, true), last)));
    outcome(later.completeUpload(other, upload, new UploadedParts(PART + 1_000, tags, -1)));
    assertThat(content(other)).isEqualTo(first.copy().appendBuffer(last));
    outcome(later.close());
  }
}
