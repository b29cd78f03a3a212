package io.movingdata.catalog;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.AuditBatch;
import io.movingdata.core.contract.CatalogApi.AuditPage;
import io.movingdata.core.contract.CatalogApi.AuditQuery;
import io.movingdata.core.contract.CatalogApi.BeginOnce;
import io.movingdata.core.contract.CatalogApi.FinishOnce;
import io.movingdata.core.contract.CatalogApi.Once;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.model.AuditEntry;
import io.movingdata.core.model.TimeId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The addresses of the audit trail and of idempotency keys, on a real store. */
class AuditAndOnceIT extends OnAStore {
  private static AuditEntry entry(Instant at, String fileId, String decision) {
    return new AuditEntry(
        TimeId.next(at),
        at,
        "alice",
        List.of("system"),
        "file.read",
        fileId,
        "s3",
        decision,
        "because",
        "trace",
        null);
  }

  private AuditPage search(String file, String decision, Instant from, int limit, String cursor) {
    return node.ask(
        CatalogApi.SEARCH_AUDIT,
        new AuditQuery(file, null, null, decision, null, from, null, limit, cursor));
  }

  @Test
  void theTrailIsFoundAgainNewestFirstAcrossDaysAndHoldsEachEntryOnce() {
    List<AuditEntry> entries = new ArrayList<>();
    Instant now = Instant.now();
    for (int i = 0; i < 20; i++) {
      Instant at = now.minus(Duration.ofHours(7L * i));
      entries.add(entry(at, "f" + i % 2, i % 4 == 0 ? "denied" : "allowed"));
    }
    node.ask(CatalogApi.APPEND_AUDIT, new AuditBatch(entries.subList(0, 12)));
    node.ask(CatalogApi.APPEND_AUDIT, new AuditBatch(entries));
    node.ask(CatalogApi.APPEND_AUDIT, new AuditBatch(List.of()));

    List<AuditEntry> seen = new ArrayList<>();
    String cursor = null;
    do {
      AuditPage page = search(null, null, null, 6, cursor);
      seen.addAll(page.entries());
      cursor = page.next();
    } while (cursor != null);
    assertThat(seen).containsExactlyElementsOf(entries);
    assertThat(search("f0", "denied", null, 100, null).entries()).hasSize(5);
    assertThat(search("f1", "denied", null, 100, null).entries()).isEmpty();
    assertThat(search(null, null, now.minus(Duration.ofHours(15)), 100, null).entries())
        .containsExactlyElementsOf(entries.subList(0, 3));
  }

  @Test
  void anEntryWithoutATimeOrderedIdIsRefused() {
    AuditEntry wrong =
        new AuditEntry("x", Instant.now(), "a", List.of(), "b", null, null, "c", "d", null, null);
    refusal(
        node.send(CatalogApi.APPEND_AUDIT, new AuditBatch(List.of(wrong))),
        ErrorCode.INVALID_REQUEST);
  }

  private Once begin(String key, String bodyHash, long ttlMs) {
    return node.ask(CatalogApi.BEGIN_ONCE, new BeginOnce(key, bodyHash, ttlMs, "node-1"));
  }

  @Test
  void aKeyBelongsToItsFirstRequest() {
    assertThat(begin("$where", "h1", 60_000).state()).isEqualTo("new");
    assertThat(begin("$where", "h1", 60_000).state()).isEqualTo("running");
    assertThat(begin("$where", "h2", 60_000).state()).isEqualTo("mismatch");
    node.ask(CatalogApi.FINISH_ONCE, new FinishOnce("$where", 201, "/files/a", "{\"a\":1}"));
    node.ask(CatalogApi.FINISH_ONCE, new FinishOnce("$where", 500, null, "late"));
    assertThat(begin("$where", "h1", 60_000))
        .isEqualTo(new Once("finished", 201, "/files/a", "{\"a\":1}"));
    assertThat(begin("$where", "h2", 60_000).state()).isEqualTo("mismatch");
  }

  @Test
  void aKeyIsFreeAgainWhenItsRequestSaysSoOrItExpires() {
    begin("k", "h1", 60_000);
    node.ask(CatalogApi.FINISH_ONCE, new FinishOnce("k", 0, null, null));
    assertThat(begin("k", "h2", 1).state()).isEqualTo("new");
    await().until(() -> begin("k", "h3", 60_000).state().equals("new"));
  }

  @Test
  void ofFiftyRequestsUnderOneKeyOneIsNew() {
    List<Future<Once>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(node.send(CatalogApi.BEGIN_ONCE, new BeginOnce("k", "h", 60_000, "n" + i)));
    }
    outcome(Future.all(all));
    assertThat(all.stream().filter(once -> once.result().state().equals("new"))).hasSize(1);
  }
}
