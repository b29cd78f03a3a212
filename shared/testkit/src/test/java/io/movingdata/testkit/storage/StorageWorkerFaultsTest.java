package io.movingdata.testkit.storage;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.contract.StorageApi.Appended;
import io.movingdata.core.contract.StorageApi.Delete;
import io.movingdata.core.contract.StorageApi.FindUnfinished;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.contract.StorageApi.OpenRead;
import io.movingdata.core.contract.StorageApi.OpenWrite;
import io.movingdata.core.contract.StorageApi.Put;
import io.movingdata.core.contract.StorageApi.ReadSession;
import io.movingdata.core.contract.StorageApi.SweepUploads;
import io.movingdata.core.contract.StorageApi.Swept;
import io.movingdata.core.contract.StorageApi.WriteSession;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.core.storage.WorkerLimits;
import io.movingdata.testkit.Contents;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A storage worker whose provider fails it. */
class StorageWorkerFaultsTest extends WorkerContractBase {
  private final MemoryObjectStore bucket = MemoryObjectStore.named("bucket");
  private MemoryObjectStore provider;

  @Override
  protected ObjectStore open(Vertx vertx) {
    provider = bucket.anotherClient();
    return provider;
  }

  private ReadSession read(String key) {
    return outcome(client().openRead(LOCATION, new OpenRead(key, 0, -1, null)));
  }

  private String stored(Buffer body) {
    String key = freshKey("stored");
    outcome(store().put(key, METADATA, body));
    return key;
  }

  @Test
  void aPullThatFailedMayBeAskedAgain() {
    Buffer body = Contents.buffer(1, 6_000_000);
    ReadSession session = read(stored(body));
    provider.faults().cutReadAt(4_500_000);
    provider.faults().hold(StoreOperation.PIECE);
    List<Future<Buffer>> pulls = new ArrayList<>();
    for (int offset = 0; offset < 6_000_000; offset += 1_000_000) {
      pulls.add(client().next(session, offset, 1_000_000));
    }
    outcome(client().probe(LOCATION));
    provider.faults().release(StoreOperation.PIECE);

    assertThat(outcome(pulls.get(3))).isEqualTo(body.getBuffer(3_000_000, 4_000_000));
    refusal(pulls.get(4), ErrorCode.PROVIDER_DOWN);
    refusal(pulls.get(5), ErrorCode.PROVIDER_DOWN);

    assertThat(pull(session, 4_000_000, 6_000_000, 500_000))
        .isEqualTo(body.getBuffer(4_000_000, 6_000_000));
  }

  @Test
  void aProviderThatEndsEarlyIsNeverTakenForTheEnd() {
    Buffer body = Contents.buffer(2, 600_000);
    ReadSession session = read(stored(body));
    provider.faults().endReadAt(599_999);

    refusal(client().next(session, 0, StorageApi.CHUNK), ErrorCode.PROVIDER_DOWN);
    assertThat(outcome(client().next(session, 0, StorageApi.CHUNK))).isEqualTo(body);
  }

  @Test
  void aSmallObjectThatEndsEarlyIsRefused() {
    String key = stored(Contents.buffer(3, 500_000));
    provider.faults().endReadAt(400_000);

    refusal(client().get(LOCATION, key), ErrorCode.PROVIDER_DOWN);
    assertThat(outcome(client().get(LOCATION, key)).body().length()).isEqualTo(500_000);
  }

  @Test
  void readsOnlyALittleAheadOfWhoeverPulls() {
    ReadSession session = read(stored(Contents.buffer(4, 20_000_000)));
    outcome(client().next(session, 0, 1000));
    long fetched = provider.count(StoreOperation.PIECE) * MemorySource.PIECE;

    assertThat(fetched)
        .isBetween(2_000_000L, (long) WorkerLimits.standard().readAhead() + StorageApi.CHUNK);
    assertThat(outcome(client().next(session, 1000, 1000)).length()).isEqualTo(1000);
    assertThat(provider.count(StoreOperation.PIECE) * MemorySource.PIECE).isEqualTo(fetched);
  }

  @Test
  void goesOnAfterAPartThatFailed() {
    String key = freshKey("failed-part");
    Buffer body = Contents.buffer(5, 2 * PART);
    WriteSession begun = write(key, true, null);
    String token = outcome(sendPart(begun, 0, body.getBuffer(0, PART), false)).resumeToken();
    provider.faults().fail(StoreOperation.PART, 1);

    refusal(sendPart(begun, PART, body.getBuffer(PART, 2 * PART), true), ErrorCode.PROVIDER_DOWN);
    refusal(client().commit(begun, 2L * PART), ErrorCode.PROVIDER_DOWN);
    WriteSession session = write(key, true, token);
    assertThat(session.durable()).isEqualTo(PART);
    outcome(sendPart(session, PART, body.getBuffer(PART, 2 * PART), true));
    outcome(client().commit(session, 2L * PART));

    assertThat(content(key)).isEqualTo(body);
  }

  @Test
  void goesOnWhereTheProviderHoldsMoreThanTheTokenSays() {
    String key = freshKey("lost-answer");
    Buffer body = Contents.buffer(6, 2 * PART);
    WriteSession begun = write(key, true, null);
    provider.faults().loseAnswers(StoreOperation.PART, 1);
    refusal(sendPart(begun, 0, body.getBuffer(0, PART), false), ErrorCode.PROVIDER_DOWN);

    WriteSession session = write(key, true, begun.resumeToken());

    assertThat(session.durable()).isEqualTo(PART);
    outcome(sendPart(session, PART, body.getBuffer(PART, 2 * PART), true));
    assertDescribes(outcome(client().commit(session, 2L * PART)), key, body);
  }

  @Test
  void aCommitWhoseAnswerWasLostMayBeRepeated() {
    String key = freshKey("lost-commit");
    Buffer body = Contents.buffer(7, PART);
    WriteSession session = write(key, true, null);
    outcome(sendPart(session, 0, body, true));
    provider.faults().loseAnswers(StoreOperation.COMPLETE, 1);

    refusal(client().commit(session, PART), ErrorCode.PROVIDER_DOWN);

    assertDescribes(outcome(client().commit(session, PART)), key, body);
  }

  @Test
  void anotherObjectUnderTheKeyIsNotTakenForTheLostCommit() {
    String key = freshKey("other-object");
    WriteSession session = write(key, true, null);
    outcome(sendPart(session, 0, Contents.buffer(8, PART), true));
    provider.faults().loseAnswers(StoreOperation.COMPLETE, 1);
    refusal(client().commit(session, PART), ErrorCode.PROVIDER_DOWN);
    outcome(store().put(key, METADATA, Contents.buffer(9, PART)));

    refusal(client().commit(session, PART), ErrorCode.SESSION_LOST);
  }

  @Test
  void aProviderThatTellsAnotherSizeIsNotBelieved() {
    Buffer body = Contents.buffer(10, 2000);
    String small = freshKey("small");
    provider.faults().wrongSizes(1);
    refusal(client().put(LOCATION, new Put(small, METADATA), body), ErrorCode.CHECKSUM_MISMATCH);

    WriteSession whole = write(freshKey("whole"), false, null);
    outcome(sendPart(whole, 0, body, true));
    provider.faults().wrongSizes(1);
    refusal(client().commit(whole, 2000), ErrorCode.CHECKSUM_MISMATCH);

    WriteSession parts = write(freshKey("parts"), true, null);
    outcome(sendPart(parts, 0, body, true));
    provider.faults().wrongSizes(1);
    refusal(client().commit(parts, 2000), ErrorCode.CHECKSUM_MISMATCH);
  }

  @Test
  void slowsTheWriterDownWhileTheProviderIsSlow() {
    provider.faults().hold(StoreOperation.PART);
    String key = freshKey("slow");
    WriteSession session = write(key, true, null);
    int parts = provider.parallelParts() + 2;
    List<Future<Appended>> opening = new ArrayList<>();
    List<Future<Appended>> ending = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      long offset = (long) i * PART;
      Buffer part = Contents.buffer(i, PART);
      opening.add(client().append(session, offset, part.getBuffer(0, 1000), false, false));
      ending.add(sendPart(session, offset + 1000, part.getBuffer(1000, PART), i == parts - 1));
    }
    await().until(() -> opening.get(parts - 2).isComplete());

    assertThat(opening.get(parts - 1).isComplete()).isFalse();
    assertThat(ending).noneMatch(Future::isComplete);
    assertThat(provider.faults().waiting(StoreOperation.PART)).isEqualTo(provider.parallelParts());

    provider.faults().release(StoreOperation.PART);
    outcome(Future.all(opening));
    outcome(Future.all(ending));
    assertThat(outcome(client().commit(session, (long) parts * PART)).size())
        .isEqualTo((long) parts * PART);
  }

  @Test
  void waitsForWhatIsUnderWayBeforeItSaysThatAWriteIsClosed() {
    provider.faults().hold(StoreOperation.PART);
    WriteSession session = write(freshKey("closing"), true, null);
    Future<Appended> part = sendPart(session, 0, Contents.buffer(11, PART), false);
    await().until(() -> provider.faults().waiting(StoreOperation.PART) == 1);

    Future<?> closing = client().close(session, true);
    refusal(part, ErrorCode.SESSION_LOST);
    assertThat(closing.isComplete()).isFalse();
    assertThat(provider.count(StoreOperation.ABORT)).isZero();

    provider.faults().release(StoreOperation.PART);
    outcome(closing);
    assertThat(provider.count(StoreOperation.ABORT)).isEqualTo(1);
  }

  @Test
  void aSessionThatWaitsForItsProviderIsNotIdle() {
    replaceTheWorker(WorkerLimits.standard().withIdle(Duration.ofMillis(400)));
    provider.faults().hold(StoreOperation.PART);
    Buffer content = Contents.buffer(12, PART);
    WriteSession session = write(freshKey("waiting"), true, null);
    Future<Appended> part = sendPart(session, 0, content, true);
    await().until(() -> provider.faults().waiting(StoreOperation.PART) == 1);

    outcome(vertx().timer(1_200));
    provider.faults().release(StoreOperation.PART);

    assertThat(outcome(part).durable()).isEqualTo(PART);
  }

  @Test
  void refusesMoreSessionsThanItMayHave() {
    WorkerLimits standard = WorkerLimits.standard();
    replaceTheWorker(
        new WorkerLimits(2, standard.idle(), standard.bufferedBytes(), standard.readAhead()));
    String key = stored(Buffer.buffer("abc"));
    ReadSession first = read(key);
    read(key);

    OpenRead request = new OpenRead(key, 0, -1, null);
    assertThat(refusal(client().openRead(LOCATION, request), ErrorCode.OVERLOADED).retryAfterMs())
        .isPositive();

    outcome(client().close(first));
    read(key);
  }

  @Test
  void anOpeningThatFailsTakesNoPlace() {
    WorkerLimits standard = WorkerLimits.standard();
    replaceTheWorker(
        new WorkerLimits(1, standard.idle(), standard.bufferedBytes(), standard.readAhead()));

    for (int i = 0; i < 3; i++) {
      refusal(
          client().openRead(LOCATION, new OpenRead("missing", 0, -1, null)),
          ErrorCode.OBJECT_NOT_FOUND);
    }
  }

  @Test
  void writesManyObjectsThroughLittleMemory() {
    WorkerLimits standard = WorkerLimits.standard();
    replaceTheWorker(new WorkerLimits(100, standard.idle(), 1000, standard.readAhead()));
    List<Future<ObjectStat>> writes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Buffer body = Contents.buffer(i, PART + 1_000_000);
      OpenWrite request = new OpenWrite(freshKey("little-memory"), METADATA, true, null);
      writes.add(
          client()
              .openWrite(LOCATION, request)
              .compose(
                  session ->
                      sendInTurn(session, body, 0)
                          .compose(sent -> client().commit(session, body.length()))));
    }

    assertThat(outcome(Future.all(writes)).<ObjectStat>list())
        .allMatch(stat -> stat.size() == PART + 1_000_000);
  }

  private Future<?> sendInTurn(WriteSession session, Buffer body, int from) {
    if (from == body.length()) {
      return Future.succeededFuture();
    }
    int end = Math.min(body.length(), from + StorageApi.CHUNK);
    boolean partEnd = end == body.length();
    return client()
        .append(session, from, body.getBuffer(from, end), partEnd, partEnd)
        .compose(acknowledged -> sendInTurn(session, body, end));
  }

  @Test
  void sweepsWhatNobodyWants() {
    String abandoned = PhysicalKey.of("abandoned", CopyId.random().value());
    String wanted = PhysicalKey.of("wanted", CopyId.random().value());
    String open = PhysicalKey.of("open", CopyId.random().value());
    String somebodyElses = freshKey("backup");
    outcome(store().beginUpload(somebodyElses, METADATA));
    outcome(store().beginUpload(abandoned, METADATA));
    outcome(store().beginUpload(wanted, METADATA));
    write(open, true, null);
    Instant later = Instant.now().plusSeconds(60);

    outcome(client().sweep(LOCATION, new SweepUploads(Instant.EPOCH, List.of())));
    assertThat(provider.count(StoreOperation.ABORT)).isZero();
    Swept swept = outcome(client().sweep(LOCATION, new SweepUploads(later, List.of(wanted))));

    assertThat(swept.aborted()).isPositive().isLessThan(swept.found());
    assertThat(outcome(client().unfinished(LOCATION, new FindUnfinished(later))).uploads())
        .extracting(StorageApi.Unfinished::key)
        .contains(wanted, open, somebodyElses)
        .doesNotContain(abandoned);
  }

  @Test
  void closesEverythingWhenItStops() {
    ReadSession read = read(stored(Contents.buffer(13, 10_000_000)));
    outcome(client().next(read, 0, 1000));

    replaceTheWorker(WorkerLimits.standard());

    refusal(client().next(read, 0, 1000), ErrorCode.SERVICE_ABSENT);
  }

  @Test
  void aDeletionThatIsOnlySaidToBeDoneIsNone() {
    String key = stored(Contents.buffer(20, 1_000));
    provider.faults().pretendDeletions(1);

    refusal(client().delete(LOCATION, new Delete(key, null)), ErrorCode.PROVIDER_DOWN);

    assertThat(outcome(client().delete(LOCATION, new Delete(key, null))).existed()).isTrue();
    assertThat(bucket.keys()).doesNotContain(key);
  }
}
