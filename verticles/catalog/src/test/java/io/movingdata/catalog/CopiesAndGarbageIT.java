package io.movingdata.catalog;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.ClaimGarbage;
import io.movingdata.core.contract.CatalogApi.CopyProgress;
import io.movingdata.core.contract.CatalogApi.CopyRef;
import io.movingdata.core.contract.CatalogApi.DiscardCopy;
import io.movingdata.core.contract.CatalogApi.Discarded;
import io.movingdata.core.contract.CatalogApi.GarbageList;
import io.movingdata.core.contract.CatalogApi.GetFile;
import io.movingdata.core.contract.CatalogApi.RenewGarbage;
import io.movingdata.core.contract.CatalogApi.SettleGarbage;
import io.movingdata.core.contract.CatalogApi.StaleCopies;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.Replica;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The addresses of copies under way and of garbage, over the bus and on a real store. */
class CopiesAndGarbageIT extends OnAStore {
  private CopyIntent copy(Replica copy) {
    return node.ask(CatalogApi.GET_COPY, new CopyRef(copy.copyId())).copy();
  }

  private Discarded discard(Replica copy) {
    return node.ask(CatalogApi.DISCARD_COPY, request(copy, "a"));
  }

  private static DiscardCopy request(Replica copy, String fileId) {
    return new DiscardCopy(copy.copyId(), fileId, copy.location(), "abandoned", 0);
  }

  private GarbageList claim(String owner, int limit) {
    return node.ask(CatalogApi.CLAIM_GARBAGE, new ClaimGarbage(owner, 60_000, limit));
  }

  @Test
  void progressIsRecordedUntilTheCopyIsGivenUp() {
    Replica copy = Samples.replica("a", "s3", Samples.copyId());
    CopyIntent intent = Samples.intent("a", copy);
    node.ask(CatalogApi.OPEN_COPY, intent);
    node.ask(CatalogApi.OPEN_COPY, intent);
    CopyProgress progress = new CopyProgress(copy.copyId(), "node-2", "token-2", 42);
    node.ask(CatalogApi.COPY_PROGRESS, progress);
    assertThat(copy(copy).durableBytes()).isEqualTo(42);
    assertThat(copy(copy).owner()).isEqualTo("node-2");

    assertThat(discard(copy).discarded()).isTrue();
    assertThat(discard(copy).discarded()).as("asked again").isTrue();

    assertThat(copy(copy)).isNull();
    refusal(node.send(CatalogApi.COPY_PROGRESS, progress), ErrorCode.CONFLICT);
    refusal(node.send(CatalogApi.OPEN_COPY, intent), ErrorCode.CONFLICT);
    Garbage entry = claim("c", 10).entries().get(0);
    assertThat(entry.resumeToken()).isEqualTo("token-2");
    assertThat(entry.key()).isEqualTo(copy.key());
    assertThat(node.ask(CatalogApi.GET_FILE, new GetFile("a", true)).file().deleted()).isTrue();
  }

  @Test
  void aCopyThatItsFileReferencesIsNotGivenUp() {
    FileRecord file = node.upload("a", "s3");
    Replica copy = file.replicas().get(0);
    assertThat(discard(copy).discarded()).isFalse();
    assertThat(node.ask(CatalogApi.COUNT_GARBAGE, Done.DONE).count()).isZero();
  }

  @Test
  void anotherCopyUnderAnIdInUseIsRefused() {
    Replica copy = Samples.replica("a", "s3", Samples.copyId());
    node.ask(CatalogApi.OPEN_COPY, Samples.intent("a", copy));
    Replica other = Samples.replica("b", "s3", copy.copyId());
    refusal(node.send(CatalogApi.OPEN_COPY, Samples.intent("b", other)), ErrorCode.CONFLICT);
    refusal(node.send(CatalogApi.DISCARD_COPY, request(copy, "b")), ErrorCode.INVALID_REQUEST);
  }

  @Test
  void staleCopiesAreThoseWithoutProgressSince() {
    Replica first = Samples.replica("a", "s3", Samples.copyId());
    node.ask(CatalogApi.OPEN_COPY, Samples.intent("a", first));
    Instant between = Instant.now();
    await().until(() -> Instant.now().isAfter(between.plusMillis(1)));
    Replica second = Samples.replica("b", "s3", Samples.copyId());
    node.ask(CatalogApi.OPEN_COPY, Samples.intent("b", second));
    assertThat(
            node.ask(CatalogApi.STALE_COPIES, new StaleCopies(between.plusMillis(1), 10)).copies())
        .extracting(CopyIntent::copyId)
        .containsExactly(first.copyId());
    discard(first);
    assertThat(
            node.ask(CatalogApi.STALE_COPIES, new StaleCopies(Instant.now().plusSeconds(9), 10))
                .copies())
        .extracting(CopyIntent::copyId)
        .containsExactly(second.copyId());
  }

  @Test
  void collectorsThatClaimTogetherShareTheEntries() {
    for (int i = 0; i < 30; i++) {
      Replica copy = Samples.replica("a", "s3", Samples.copyId());
      node.ask(CatalogApi.OPEN_COPY, Samples.intent("a", copy));
      discard(copy);
    }
    List<Future<GarbageList>> claims = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      claims.add(
          node.send(CatalogApi.CLAIM_GARBAGE, new ClaimGarbage("collector-" + i, 60_000, 30)));
    }
    outcome(Future.all(claims));
    Set<String> copies = new HashSet<>();
    int leased = 0;
    for (Future<GarbageList> claim : claims) {
      for (Garbage entry : claim.result().entries()) {
        copies.add(entry.copyId());
        leased++;
        assertThat(entry.attempts()).isEqualTo(1);
      }
    }
    assertThat(copies).hasSize(30);
    assertThat(leased).as("each leased once").isEqualTo(30);
    assertThat(claim("late", 30).entries()).isEmpty();
  }

  private Garbage givenUp() {
    Replica copy = Samples.replica("a", "s3", Samples.copyId());
    node.ask(CatalogApi.OPEN_COPY, Samples.intent("a", copy));
    discard(copy);
    return claim("c", 1).entries().get(0);
  }

  private void end(Garbage entry) {
    node.ask(
        CatalogApi.SETTLE_GARBAGE, new SettleGarbage(entry.copyId(), entry.version(), null, null));
  }

  @Test
  void aLeaseGoesOnUntilTheEntryChanges() {
    Garbage entry = givenUp();
    RenewGarbage request = new RenewGarbage(entry.copyId(), entry.version(), "c", 120_000);
    Garbage renewed = node.ask(CatalogApi.RENEW_GARBAGE, request).entries().get(0);
    assertThat(renewed.leaseUntil()).isAfter(entry.leaseUntil());
    assertThat(renewed.attempts()).isEqualTo(entry.attempts());
    assertThat(node.ask(CatalogApi.RENEW_GARBAGE, request).entries()).as("changed").isEmpty();
    end(renewed);
    assertThat(node.ask(CatalogApi.RENEW_GARBAGE, request).entries()).as("gone").isEmpty();
  }

  @Test
  void bytesThatCameAfterTheCollectorBecomeGarbageOnceMore() {
    Garbage entry = givenUp();
    end(entry);
    Replica copy = Samples.replica("a", entry.location(), entry.copyId());
    assertThat(discard(copy).discarded()).isTrue();
    Garbage again = claim("c", 1).entries().get(0);
    assertThat(again.key()).isEqualTo(entry.key());
    assertThat(again.reason()).isEqualTo("stray");
  }

  @Test
  void nothingIsGarbageThatNobodyCanHaveStored() {
    Replica copy = Samples.replica("a", "s3", Samples.copyId());
    node.ask(CatalogApi.DISCARD_COPY, new DiscardCopy(copy.copyId(), "a", null, "abandoned", 0));
    assertThat(node.ask(CatalogApi.COUNT_GARBAGE, Done.DONE).count()).isZero();
  }

  @Test
  void aCopyThatHasLeftAndComesBackIsGarbageOnceMore() {
    FileRecord file = node.upload("a", "s3");
    Replica left = file.replicas().get(0);
    outcome(node.move(file, "gcs"));
    end(await().until(() -> claim("c", 1).entries(), due -> !due.isEmpty()).get(0));
    assertThat(discard(left).discarded()).isTrue();
    Garbage again = claim("c", 1).entries().get(0);
    assertThat(again.copyId()).isEqualTo(left.copyId());
    assertThat(again.key()).isEqualTo(left.key());
    assertThat(again.reason()).isEqualTo("stray");
  }

  @Test
  void whatHasLeftAFileIsKnownByItsContentAndAsItWas() {
    FileRecord file = node.upload("a", "s3");
    node.upload("b", "s3");
    Replica left = file.replicas().get(0);
    outcome(node.move(file, "gcs"));
    List<Garbage> entries =
        node.ask(CatalogApi.FILE_GARBAGE, new CatalogApi.GarbageOf("a")).entries();
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).copy()).isEqualTo(left);
    assertThat(entries.get(0).contentId()).isEqualTo(file.contentId());
    assertThat(node.ask(CatalogApi.FILE_GARBAGE, new CatalogApi.GarbageOf("b")).entries())
        .isEmpty();
  }

  @Test
  void anEntryIsSettledOnceAndThatMayBeSaidTwice() {
    Replica copy = Samples.replica("a", "s3", Samples.copyId());
    node.ask(CatalogApi.OPEN_COPY, Samples.intent("a", copy));
    discard(copy);
    Garbage entry = claim("c", 1).entries().get(0);
    Instant later = Instant.now().minusMillis(1);
    SettleGarbage postpone =
        new SettleGarbage(entry.copyId(), entry.version(), later, "provider down");
    node.ask(CatalogApi.SETTLE_GARBAGE, postpone);
    node.ask(CatalogApi.SETTLE_GARBAGE, postpone);

    Garbage again = claim("c", 1).entries().get(0);
    assertThat(again.lastError()).isEqualTo("provider down");
    assertThat(again.attempts()).isEqualTo(2);
    refusal(
        node.send(
            CatalogApi.SETTLE_GARBAGE,
            new SettleGarbage(entry.copyId(), entry.version(), null, null)),
        ErrorCode.VERSION_CONFLICT);
    SettleGarbage end = new SettleGarbage(again.copyId(), again.version(), null, null);
    node.ask(CatalogApi.SETTLE_GARBAGE, end);
    node.ask(CatalogApi.SETTLE_GARBAGE, end);
    assertThat(node.ask(CatalogApi.COUNT_GARBAGE, Done.DONE).count()).isZero();
  }
}
