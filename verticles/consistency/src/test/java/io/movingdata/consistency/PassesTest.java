package io.movingdata.consistency;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.movingdata.consistency.fixture.FakeCatalog;
import io.movingdata.consistency.fixture.Nodes;
import io.movingdata.consistency.fixture.Stores;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.VerifiedCopy;
import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.contract.ConsistencyApi.PassRef;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.Pass;
import io.movingdata.core.model.PassShard;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.Requester;
import io.movingdata.core.security.CopyId;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Passes over real copies in stores in memory, with a fake catalog, over a real bus. */
class PassesTest {
  private static final Requester WHO = new Requester("olga", List.of("system"), "r");
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final String TEXT = "the same for all";

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final FakeCatalog catalog = new FakeCatalog(bus);
  private final Stores stores = new Stores(bus, catalog);

  @BeforeEach
  void start() {
    outcome(catalog.start());
    stores.start();
  }

  @AfterEach
  void stop() {
    outcome(vertx.close());
  }

  private NodeContext node() {
    NodeContext node = Nodes.node(bus, "a", 1);
    outcome(vertx.deployVerticle(new ConsistencyVerticle(node)));
    return node;
  }

  private Pass begin(Pass.Kind kind) {
    return outcome(
            bus.request(
                ConsistencyApi.START_PASS, new ConsistencyApi.StartPass(kind, false, false, WHO)))
        .pass();
  }

  private Pass pass(String id) {
    return outcome(bus.request(ConsistencyApi.GET_PASS, new PassRef(id, null))).pass();
  }

  private Pass ended(Pass pass) {
    await().atMost(SOON).until(() -> !pass(pass.id()).running());
    Pass ended = pass(pass.id());
    assertThat(ended.shards()).allMatch(s -> s.state() == PassShard.State.DONE);
    return ended;
  }

  private Map<String, FindingKind> kinds() {
    return catalog.findings.values().stream()
        .collect(Collectors.toMap(f -> f.key() == null ? f.fileId() : f.key(), f -> f.kind()));
  }

  @Test
  void aLightPassRunsBesideADeepOneThatTakesLong() {
    for (int i = 0; i < 20; i++) {
      stores.put("f" + i, TEXT, "s3", "gcs");
    }
    outcome(vertx.deployVerticle(new ConsistencyVerticle(Nodes.node(bus, "a", 1, 100))));
    Pass deep = begin(Pass.Kind.DEEP);
    Pass light = ended(begin(Pass.Kind.LIGHT));
    assertThat(pass(deep.id()).running()).isTrue();
    assertThat(pass("deep").id()).isEqualTo(deep.id());
    assertThat(pass(null).id()).as("what runs comes first").isEqualTo(deep.id());
    assertThat(light.shards().stream().mapToLong(PassShard::examined).sum()).isEqualTo(40);
    refusal(
        bus.request(
            ConsistencyApi.START_PASS,
            new ConsistencyApi.StartPass(Pass.Kind.DEEP, false, false, WHO)),
        ErrorCode.CONFLICT);
    ConsistencyApi.Status status = outcome(bus.request(ConsistencyApi.STATUS, Done.DONE));
    assertThat(status.passes()).extracting(Pass::id).containsExactly(deep.id(), light.id());

    outcome(bus.request(ConsistencyApi.CANCEL_PASS, new PassRef(deep.id(), WHO)));
    assertThat(pass(deep.id()).cancelled()).isTrue();
    assertThat(pass(light.id()).cancelled()).isFalse();
    refusal(
        bus.request(ConsistencyApi.CANCEL_PASS, new PassRef(light.id(), WHO)), ErrorCode.CONFLICT);
  }

  @Test
  void aCopyUnderAnotherKeyIsNamedSo() {
    node();
    Replica keyed = stores.put("keyed", TEXT, "s3").replicas().get(0);
    stores.write("keyed", bytes(TEXT), "s3", keyed.copyId(), Stores.key("azure"));
    FileRecord lost = stores.put("lost", TEXT, "s3");
    Replica copy = lost.replicas().get(0);
    stores.know(
        lost.with(
            List.of(
                new Replica(
                    "s3",
                    copy.key(),
                    copy.format(),
                    copy.copyId(),
                    copy.createdAtS(),
                    "0123456789abcdef",
                    copy.bytes(),
                    copy.etag(),
                    copy.checksum(),
                    copy.state(),
                    copy.verifiedAt())),
            Instant.EPOCH));
    stores.put("healthy", TEXT, "s3");

    ended(begin(Pass.Kind.LIGHT));
    assertThat(kinds()).isEqualTo(Map.of(keyed.key(), FindingKind.WRONG_KEY));
    ended(begin(Pass.Kind.DEEP));
    assertThat(kinds())
        .isEqualTo(Map.of(keyed.key(), FindingKind.WRONG_KEY, copy.key(), FindingKind.WRONG_KEY));
    assertThat(catalog.findings.values())
        .extracting(Finding::detail)
        .anyMatch(detail -> detail.contains(Stores.key("azure").keyId()))
        .anyMatch(detail -> detail.contains("0123456789abcdef is in no keyring"));
  }

  @Test
  void whatIsStoredTwiceIsNamedSo() {
    node();
    Replica copy = stores.put("twice", TEXT, "s3").replicas().get(0);
    String more = CopyId.random().value();
    stores.write("twice", bytes(TEXT), "s3", more, Stores.key("s3"));
    stores.write("twice", bytes(TEXT), "gcs", more, Stores.key("gcs"));
    stores.put(
        "s3",
        "backup-of-it",
        stores.stat("s3", copy.key()).metadata(),
        Buffer.buffer(stores.at.get("s3").bytes(copy.key())));
    stores.put("s3", "not-ours", Map.of(), Buffer.buffer("x"));

    ended(begin(Pass.Kind.LIGHT));
    Map<String, Finding> found =
        catalog.findings.values().stream()
            .collect(Collectors.toMap(f -> f.location() + " " + f.key(), f -> f));
    String key = PhysicalKey.of("twice", more);
    assertThat(found).containsOnlyKeys("s3 " + key, "gcs " + key, "s3 backup-of-it", "s3 not-ours");
    assertThat(found.get("s3 " + key).kind()).isEqualTo(FindingKind.DUPLICATE);
    assertThat(found.get("s3 " + key).copyId()).isEqualTo(more);
    assertThat(found.get("gcs " + key).kind())
        .as("its file has no copy there")
        .isEqualTo(FindingKind.ORPHAN);
    Finding second = found.get("s3 backup-of-it");
    assertThat(second.kind()).isEqualTo(FindingKind.DUPLICATE);
    assertThat(second.copyId()).as("the copy it was made of must not go").isNull();
    assertThat(found.get("s3 not-ours").kind()).isEqualTo(FindingKind.ORPHAN);
    refusal(
        bus.request(ConsistencyApi.RESOLVE, new ConsistencyApi.Resolve(second.id(), "delete", WHO)),
        ErrorCode.POLICY_DENIED);
  }

  @Test
  void aCatalogThatContradictsItselfIsAConflictUntilItIsRight() {
    node();
    FileRecord right = stores.put("wrong", TEXT, "s3", "gcs");
    stores.put("healthy", TEXT, "s3", "azure");
    stores.know(right.with(right.replicas().subList(1, 2), Instant.EPOCH));
    outcome(bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile("wrong", false)));

    Pass first = ended(begin(Pass.Kind.LIGHT));
    Finding conflict =
        catalog.findings.values().stream()
            .filter(f -> f.kind() == FindingKind.CATALOG_CONFLICT)
            .findFirst()
            .orElseThrow();
    assertThat(conflict.fileId()).isEqualTo("wrong");
    assertThat(conflict.state()).isEqualTo(FindingState.CONFLICT);
    assertThat(conflict.detail()).isEqualTo("there is no copy at the primary location, s3");
    assertThat(first.shards().stream().mapToLong(PassShard::found).sum())
        .as("it and the duplicate that is left of the other copy")
        .isEqualTo(2);
    assertThat(first.shards().stream().mapToLong(PassShard::bad).sum()).isZero();

    ended(begin(Pass.Kind.LIGHT));
    assertThat(catalog.findings.get(conflict.id()).sightings()).isEqualTo(2);
    stores.know(right);
    ended(begin(Pass.Kind.LIGHT));
    assertThat(catalog.findings.get(conflict.id()).state()).isEqualTo(FindingState.GONE);
  }

  @Test
  void whatIsMendedOrTakenAwayIsClosedAfterThePassThatDoesNotSeeItAnyMore() {
    node();
    Replica copy = stores.put("overwritten", TEXT, "s3").replicas().get(0);
    Buffer right = Buffer.buffer(stores.at.get("s3").bytes(copy.key()));
    Map<String, String> metadata = stores.stat("s3", copy.key()).metadata();
    stores.put("s3", copy.key(), Map.of(), Buffer.buffer("a stranger's"));
    stores.put("s3", "not-ours", Map.of(), Buffer.buffer("x"));
    stores.put("s3", "stays", Map.of(), Buffer.buffer("x"));
    ended(begin(Pass.Kind.LIGHT));
    assertThat(kinds())
        .isEqualTo(
            Map.of(
                copy.key(),
                FindingKind.OVERWRITTEN,
                "not-ours",
                FindingKind.ORPHAN,
                "stays",
                FindingKind.ORPHAN));
    assertThat(states()).doesNotContainValue(FindingState.GONE);

    stores.put("s3", copy.key(), metadata, right);
    outcome(stores.at.get("s3").delete("not-ours", null));
    ended(begin(Pass.Kind.LIGHT));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(states())
                    .containsEntry(copy.key(), FindingState.GONE)
                    .containsEntry("not-ours", FindingState.GONE)
                    .containsEntry("stays", FindingState.OPEN));
  }

  private Map<String, FindingState> states() {
    return catalog.findings.values().stream()
        .collect(Collectors.toMap(Finding::key, Finding::state));
  }

  @Test
  void whoHasAFileReadWholeRenewsItsTimesAndWhoLooksAtItDoesNot() {
    node();
    FileRecord file = stores.put("f", TEXT, "s3", "gcs");
    for (boolean deep : List.of(false, true)) {
      ConsistencyApi.ResyncReply reply =
          outcome(
              bus.request(
                  ConsistencyApi.RESYNC, new ConsistencyApi.Resync(List.of("f"), deep, WHO)));
      assertThat(reply.synced()).isEqualTo(2);
      assertThat(catalog.verified.stream().flatMap(List::stream).map(VerifiedCopy::copyId))
          .as("deep: %s", deep)
          .containsExactlyElementsOf(
              deep ? file.replicas().stream().map(Replica::copyId).toList() : List.of());
    }
  }

  @Test
  void aDeepPassRecordsPageByPageWhatItReadWholeAndALightOneNothing() {
    NodeContext node = node();
    for (int i = 0; i < 12; i++) {
      stores.put("f" + i, TEXT, "s3", "gcs");
    }
    FileRecord bad = stores.put("bad", TEXT, "s3", "gcs");
    stores.at.get("gcs").flipAtRest(bad.replicas().get(1).key(), 20);
    Instant before = Instant.now();

    ended(begin(Pass.Kind.LIGHT));
    assertThat(catalog.verified).isEmpty();
    ended(begin(Pass.Kind.DEEP));
    List<VerifiedCopy> read = catalog.verified.stream().flatMap(List::stream).toList();
    assertThat(read).extracting(VerifiedCopy::copyId).doesNotHaveDuplicates().hasSize(25);
    assertThat(read)
        .extracting(VerifiedCopy::copyId)
        .doesNotContain(bad.replicas().get(1).copyId())
        .contains(bad.replicas().get(0).copyId());
    assertThat(read).allMatch(one -> !one.at().isBefore(before));
    assertThat(catalog.verified).as("one message a page and shard").hasSizeLessThanOrEqualTo(8);

    catalog.usage.add(
        new CatalogApi.LocationUsage("gcs", 1, 1, 1, Instant.now().minusSeconds(7_200)));
    catalog.usage.add(
        new CatalogApi.LocationUsage("s3", 1, 1, 1, Instant.now().minusSeconds(3_600)));
    ConsistencyApi.Status status = outcome(bus.request(ConsistencyApi.STATUS, Done.DONE));
    assertThat(status.locations().get(0).oldestVerifiedAt()).isNotNull();
    assertThat(
            node.meters().get("movingdata.consistency.oldest.verification.seconds").gauge().value())
        .isCloseTo(7_200, within(60.0));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
