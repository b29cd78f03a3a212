package io.movingdata.testkit.storage;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.contract.StorageApi.AbortUpload;
import io.movingdata.core.contract.StorageApi.Appended;
import io.movingdata.core.contract.StorageApi.Delete;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.contract.StorageApi.OpenRead;
import io.movingdata.core.contract.StorageApi.Put;
import io.movingdata.core.contract.StorageApi.ReadSession;
import io.movingdata.core.contract.StorageApi.WriteSession;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.storage.SmallObject;
import io.movingdata.core.storage.WorkerLimits;
import io.movingdata.testkit.Contents;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a storage worker does on any store, asked over a real event bus. */
public abstract class StorageWorkerContract extends WorkerContractBase {
  private static final Duration SHORT = Duration.ofMillis(200);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, StorageApi.SMALL})
  void carriesASmallObjectInOneMessage(int size) {
    String key = freshKey("small");
    Buffer body = Contents.buffer(size, size);

    ObjectStat stored = outcome(client().put(LOCATION, new Put(key, METADATA), body));
    SmallObject read = outcome(client().get(LOCATION, key));

    assertDescribes(stored, key, body);
    assertThat(read.body()).isEqualTo(body);
    assertDescribes(read.stat(), key, body);
  }

  @Test
  void refusesToCarryALargeObjectInOneMessage() {
    String key = freshKey("large");
    Buffer body = Contents.buffer(1, StorageApi.SMALL + 1);
    outcome(store().put(key, METADATA, body));

    refusal(client().get(LOCATION, key), ErrorCode.TOO_LARGE);
    refusal(client().put(LOCATION, new Put(key, METADATA), body), ErrorCode.TOO_LARGE);
  }

  @Test
  void answersPullsInFlightInTheirOrder() {
    String key = freshKey("pulls");
    Buffer body = Contents.buffer(2, 5_000_000);
    outcome(store().put(key, METADATA, body));

    ReadSession session = outcome(client().openRead(LOCATION, new OpenRead(key, 0, -1, null)));

    assertDescribes(session.stat(), key, body);
    assertThat(pull(session, 0, body.length(), 300_000)).isEqualTo(body);
    assertThat(outcome(client().next(session, body.length(), 1000)).length()).isZero();
    outcome(client().close(session));
    refusal(client().next(session, 0, 1000), ErrorCode.SESSION_LOST);
  }

  @Test
  void answersAPullAgain() {
    String key = freshKey("again");
    Buffer body = Contents.buffer(3, 3_000_000);
    outcome(store().put(key, METADATA, body));
    ReadSession session = outcome(client().openRead(LOCATION, new OpenRead(key, 0, -1, null)));

    Buffer first = outcome(client().next(session, 0, 1_000_000));
    Buffer second = outcome(client().next(session, 1_000_000, 1_000_000));

    assertThat(outcome(client().next(session, 1_000_000, 1_000_000))).isEqualTo(second);
    assertThat(outcome(client().next(session, 0, 1_000_000))).isEqualTo(first);
    assertThat(pull(session, 1_000_000, 3_000_000, StorageApi.CHUNK))
        .isEqualTo(body.getBuffer(1_000_000, 3_000_000));
  }

  @Test
  void readsARange() {
    String key = freshKey("range");
    Buffer body = Contents.buffer(4, 2_000_000);
    outcome(store().put(key, METADATA, body));
    OpenRead range = new OpenRead(key, 500_001, 1_000_000, null);

    ReadSession session = outcome(client().openRead(LOCATION, range));

    assertThat(pull(session, 500_001, 1_500_001, 333_333))
        .isEqualTo(body.getBuffer(500_001, 1_500_001));
    assertThat(outcome(client().next(session, 1_500_001, 10)).length()).isZero();
    refusal(client().next(session, 500_000, 10), ErrorCode.INVALID_REQUEST);
    refusal(client().next(session, 1_500_002, 10), ErrorCode.INVALID_REQUEST);
  }

  @Test
  void refusesToOpenWhatIsNotThere() {
    String key = freshKey("missing");

    refusal(
        client().openRead(LOCATION, new OpenRead(key, 0, -1, null)), ErrorCode.OBJECT_NOT_FOUND);
    outcome(store().put(key, METADATA, Buffer.buffer("abc")));
    refusal(
        client().openRead(LOCATION, new OpenRead(key, 3, -1, null)),
        ErrorCode.RANGE_NOT_SATISFIABLE);
  }

  @Test
  void writesAWholeObjectAtItsCommit() {
    String key = freshKey("whole");
    Buffer body = Contents.buffer(5, 2_500_000);
    WriteSession session = write(key, false, null);

    outcome(sendPart(session, 0, body, true));
    refusal(client().stat(LOCATION, key), ErrorCode.OBJECT_NOT_FOUND);
    ObjectStat stored = outcome(client().commit(session, body.length()));

    assertDescribes(stored, key, body);
    assertThat(content(key)).isEqualTo(body);
  }

  @Test
  void writesParts() {
    String key = freshKey("parts");
    Buffer body = Contents.buffer(6, 2 * PART + 100_000);
    WriteSession session = write(key, true, null);
    assertThat(session.durable()).isZero();
    assertThat(session.resumeToken()).isNotBlank().doesNotContain(key);

    Future<Appended> first = sendPart(session, 0, body.getBuffer(0, PART), false);
    Future<Appended> second = sendPart(session, PART, body.getBuffer(PART, 2 * PART), false);
    Future<Appended> third =
        sendPart(session, 2L * PART, body.getBuffer(2 * PART, body.length()), true);

    assertThat(outcome(first).durable()).isGreaterThanOrEqualTo(PART);
    assertThat(outcome(second).durable()).isGreaterThanOrEqualTo(2L * PART);
    assertThat(outcome(third).durable()).isEqualTo(body.length());
    ObjectStat stored = outcome(client().commit(session, body.length()));
    assertDescribes(stored, key, body);
    assertThat(outcome(client().commit(session, body.length()))).isEqualTo(stored);
    assertThat(content(key)).isEqualTo(body);
  }

  @Test
  void writesAnObjectOfExactlyOnePart() {
    String key = freshKey("one-part");
    Buffer body = Contents.buffer(7, PART);
    WriteSession session = write(key, true, null);

    outcome(sendPart(session, 0, body, true));
    outcome(client().commit(session, PART));

    assertThat(content(key)).isEqualTo(body);
  }

  @Test
  void acknowledgesARepeatedChunkAndRefusesAGap() {
    String key = freshKey("idempotent");
    Buffer body = Contents.buffer(8, 3 * StorageApi.CHUNK);
    WriteSession session = write(key, false, null);
    Buffer first = body.getBuffer(0, StorageApi.CHUNK);
    Buffer second = body.getBuffer(StorageApi.CHUNK, 2 * StorageApi.CHUNK);

    outcome(client().append(session, 0, first, false, false));
    outcome(client().append(session, 0, first, false, false));
    assertThat(
            refusal(
                    client().append(session, 2L * StorageApi.CHUNK, second, false, false),
                    ErrorCode.SESSION_LOST)
                .getMessage())
        .contains(Integer.toString(StorageApi.CHUNK));
    outcome(client().append(session, StorageApi.CHUNK, second, false, false));
    outcome(sendPart(session, 2L * StorageApi.CHUNK, first, true));

    outcome(client().commit(session, body.length()));
    assertThat(content(key)).isEqualTo(body.getBuffer(0, 2 * StorageApi.CHUNK).appendBuffer(first));
  }

  @Test
  void refusesToCommitAnotherSize() {
    String key = freshKey("size");
    WriteSession session = write(key, true, null);
    outcome(sendPart(session, 0, Contents.buffer(9, PART), true));

    refusal(client().commit(session, PART + 1L), ErrorCode.CHECKSUM_MISMATCH);
    refusal(client().commit(session, PART - 1L), ErrorCode.CHECKSUM_MISMATCH);

    assertThat(outcome(client().commit(session, PART)).size()).isEqualTo(PART);
  }

  @Test
  void anotherWorkerResumesAtTheDurableOffset() {
    String key = freshKey("resume");
    Buffer body = Contents.buffer(10, 2 * PART + 5);
    WriteSession begun = write(key, true, null);
    String token = outcome(sendPart(begun, 0, body.getBuffer(0, PART), false)).resumeToken();
    Buffer lost = body.getBuffer(PART, PART + 1000);
    outcome(client().append(begun, PART, lost, false, false));

    replaceTheWorker(WorkerLimits.standard());
    refusal(client().commit(begun, PART), ErrorCode.SERVICE_ABSENT);
    WriteSession session = write(key, true, token);

    assertThat(session.durable()).isEqualTo(PART);
    outcome(sendPart(session, PART, body.getBuffer(PART, 2 * PART), false));
    outcome(sendPart(session, 2L * PART, body.getBuffer(2 * PART, body.length()), true));
    assertDescribes(outcome(client().commit(session, body.length())), key, body);
    assertThat(content(key)).isEqualTo(body);
  }

  @Test
  void resumesWithTheTokenOfTheOpening() {
    String key = freshKey("first-token");
    Buffer body = Contents.buffer(11, 2 * PART);
    WriteSession begun = write(key, true, null);
    outcome(sendPart(begun, 0, body.getBuffer(0, PART), false));

    WriteSession session = write(key, true, begun.resumeToken());

    assertThat(session.durable()).isEqualTo(PART);
    refusal(client().commit(begun, PART), ErrorCode.SESSION_LOST);
    outcome(sendPart(session, PART, body.getBuffer(PART, 2 * PART), true));
    outcome(client().commit(session, 2L * PART));
    assertThat(content(key)).isEqualTo(body);
  }

  @Test
  void beginsAnewWithATokenThatDoesNotOpen() {
    String key = freshKey("tampered");
    WriteSession begun = write(key, true, null);
    String token = outcome(sendPart(begun, 0, Contents.buffer(12, PART), false)).resumeToken();
    char changed = token.charAt(10) == 'A' ? 'B' : 'A';

    WriteSession session = write(key, true, token.substring(0, 10) + changed + token.substring(11));

    assertThat(session.durable()).isZero();
    refusal(
        client().openWrite(LOCATION, new StorageApi.OpenWrite(key + "x", METADATA, true, token)),
        ErrorCode.INVALID_REQUEST);
  }

  @Test
  void beginsAnewAfterAnAbort() {
    String key = freshKey("aborted");
    WriteSession begun = write(key, true, null);
    String token = outcome(sendPart(begun, 0, Contents.buffer(13, PART), false)).resumeToken();

    outcome(client().abort(LOCATION, new AbortUpload(key, token)));
    outcome(client().abort(LOCATION, new AbortUpload(key, token)));

    refusal(client().commit(begun, PART), ErrorCode.SESSION_LOST);
    assertThat(write(key, true, token).durable()).isZero();
  }

  @Test
  void keepsOrDiscardsWhatIsDurableAsAsked() {
    String key = freshKey("discard");
    WriteSession begun = write(key, true, null);
    String token = outcome(sendPart(begun, 0, Contents.buffer(14, PART), false)).resumeToken();

    outcome(client().close(begun, false));
    WriteSession resumed = write(key, true, token);
    assertThat(resumed.durable()).isEqualTo(PART);

    outcome(client().close(resumed, true));
    assertThat(write(key, true, token).durable()).isZero();
  }

  @Test
  void forgetsIdleSessionsButNotWhatIsDurable() {
    replaceTheWorker(WorkerLimits.standard().withIdle(SHORT));
    String key = freshKey("idle");
    WriteSession write = write(key, true, null);
    String token = outcome(sendPart(write, 0, Contents.buffer(15, PART), false)).resumeToken();
    outcome(store().put(key + "-read", METADATA, Buffer.buffer("abc")));
    ReadSession read =
        outcome(client().openRead(LOCATION, new OpenRead(key + "-read", 0, -1, null)));

    outcome(vertx().timer(SHORT.toMillis() * 3));

    refusal(client().next(read, 0, 1), ErrorCode.SESSION_LOST);
    refusal(client().commit(write, PART), ErrorCode.SESSION_LOST);
    assertThat(write(key, true, token).durable()).isEqualTo(PART);
  }

  @Test
  void describesListsAndDeletes() {
    String key = freshKey("single");
    outcome(client().ensure(LOCATION));
    assertThat(outcome(client().probe(LOCATION)).bucket()).isNotBlank();
    outcome(client().put(LOCATION, new Put(key, METADATA), Buffer.buffer("abc")));

    assertThat(outcome(client().stat(LOCATION, key)).size()).isEqualTo(3);
    assertThat(outcome(client().list(LOCATION, new ListRequest(key, null, null, 10))).objects())
        .extracting(ObjectStat::key)
        .containsExactly(key);
    outcome(client().delete(LOCATION, new Delete(key, null)));
    outcome(client().delete(LOCATION, new Delete(key, null)));
    refusal(client().stat(LOCATION, key), ErrorCode.OBJECT_NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä", "../x", "a/../b", "a\nb"})
  void refusesKeysThatNobodyMakes(String key) {
    refusal(client().stat(LOCATION, key), ErrorCode.INVALID_REQUEST);
    refusal(client().delete(LOCATION, new Delete(key, null)), ErrorCode.INVALID_REQUEST);
    refusal(
        client().put(LOCATION, new Put(key, METADATA), Buffer.buffer("x")),
        ErrorCode.INVALID_REQUEST);
  }

  @Test
  void refusesWhatIsOutOfBounds() {
    String key = freshKey("bounds");
    WriteSession session = write(key, false, null);
    Buffer tooMuch = Contents.buffer(1, StorageApi.CHUNK + 1);

    refusal(client().append(session, 0, tooMuch, false, false), ErrorCode.INVALID_REQUEST);
    refusal(
        client().append(session, -1, Buffer.buffer("x"), false, false), ErrorCode.INVALID_REQUEST);
    refusal(client().append(session, 0, Buffer.buffer(), false, false), ErrorCode.INVALID_REQUEST);
    refusal(
        client().list(LOCATION, new ListRequest("", null, null, 1001)), ErrorCode.INVALID_REQUEST);
    refusal(client().stat(LOCATION, "k".repeat(201)), ErrorCode.INVALID_REQUEST);
    for (String name : List.of("Upper", "with-dash", "with.dot", "")) {
      refusal(
          client().put(LOCATION, new Put(key, Map.of(name, "v")), Buffer.buffer("x")),
          ErrorCode.INVALID_REQUEST);
    }
  }
}
