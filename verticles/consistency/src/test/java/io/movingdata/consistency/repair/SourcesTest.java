package io.movingdata.consistency.repair;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.consistency.fixture.FakeCatalog;
import io.movingdata.consistency.fixture.Nodes;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.CopyStates;
import io.movingdata.core.transfer.SpareCopies;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looking for a copy to repair from, over a real bus with a fake catalog. */
class SourcesTest {
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final FakeCatalog catalog = new FakeCatalog(bus);
  private final Map<String, ErrorCode> wrong = new HashMap<>();
  private final List<String> read = new ArrayList<>();
  private final List<CatalogApi.Place> placed = new ArrayList<>();
  private Sources sources;

  @BeforeEach
  void start() {
    outcome(catalog.start());
    outcome(bus.serve(CatalogApi.SETTLE_GARBAGE, this::postpone));
    outcome(
        bus.serve(
            CatalogApi.PLACE,
            place -> {
              placed.add(place);
              return Future.succeededFuture(new CatalogApi.FileReply(place.file()));
            }));
    NodeContext node = Nodes.node(bus, "a", 1);
    sources =
        new Sources(
            this::readBack, new CopyStates(node, new StorageClient(bus)), new SpareCopies(node));
  }

  @AfterEach
  void stop() {
    outcome(vertx.close());
  }

  private Future<Void> readBack(FileRecord file, Replica copy) {
    read.add(copy.key());
    ErrorCode code = wrong.get(copy.key());
    return code == null
        ? Future.succeededFuture()
        : Future.failedFuture(MovingDataException.of(code, code.title()));
  }

  private Future<Done> postpone(CatalogApi.SettleGarbage request) {
    Garbage now = catalog.garbage.get(request.copyId());
    if (now.version() != request.version()) {
      throw MovingDataException.of(ErrorCode.VERSION_CONFLICT, "it has changed");
    }
    catalog.garbage.put(
        now.copyId(),
        entry(now.copy(), now.contentId(), request.dueAt(), null).atVersion(now.version() + 1));
    return Future.succeededFuture(Done.DONE);
  }

  private static Garbage entry(Replica copy, String contentId, Instant dueAt, Instant leased) {
    return new Garbage(
        copy.copyId(),
        1,
        "a",
        copy.location(),
        copy.key(),
        null,
        null,
        "moved",
        dueAt,
        0,
        leased == null ? null : "collector",
        leased,
        null,
        Instant.EPOCH,
        contentId,
        copy);
  }

  /** A copy at gcs that waits for the collector. */
  private void waits(String copyId, String contentId, Instant leased) {
    Replica seen = catalog.put("other", "gcs").replicas().get(0);
    Replica copy =
        new Replica(
            seen.location(),
            "key." + copyId,
            seen.format(),
            copyId,
            0,
            seen.keyId(),
            seen.bytes(),
            null,
            null,
            ReplicaState.VERIFIED,
            Instant.EPOCH);
    catalog.garbage.put(copyId, entry(copy, contentId, Instant.EPOCH, leased));
  }

  private Future<Optional<FileRecord>> prove(FileRecord file) {
    return sources.prove(file, file.replicas().get(0));
  }

  @Test
  void anotherCopyOfTheFileComesBeforeWhatHasLeft() {
    waits("left", "content", null);
    FileRecord file = catalog.put("a", "s3", "azure");
    assertThat(outcome(prove(file))).contains(file);
    assertThat(read).containsExactly("a@azure");
    assertThat(catalog.garbage.get("left").dueAt()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void aCopyThatHasLeftIsReadFromAndKeptMeanwhile() {
    waits("left", "content", null);
    FileRecord file = catalog.put("a", "s3", "azure");
    wrong.put("a@azure", ErrorCode.CORRUPT_OBJECT);
    assertThat(outcome(prove(file))).contains(file);
    assertThat(read).containsExactly("a@azure", "key.left");
    assertThat(catalog.garbage.get("left").dueAt()).isAfter(Instant.now().plusSeconds(100));
  }

  @Test
  void oneOfOtherContentIsNot() {
    waits("left", "earlier content", null);
    waits("stray", null, null);
    assertThat(outcome(prove(catalog.put("a", "s3")))).isEmpty();
    assertThat(read).isEmpty();
  }

  @Test
  void oneThatACollectorHasInHandIsLeftToItAndAskedForAgain() {
    waits("left", "content", Instant.now().plusSeconds(3_600));
    refusal(prove(catalog.put("a", "s3")), ErrorCode.VERSION_CONFLICT);
    assertThat(read).isEmpty();
    assertThat(catalog.garbage.get("left").version()).isEqualTo(1);
  }

  @Test
  void whereNoneIsWholeNothingIsFoundAndAnOutageIsNoAnswer() {
    waits("left", "content", null);
    wrong.put("key.left", ErrorCode.CORRUPT_OBJECT);
    FileRecord file = catalog.put("a", "s3", "azure");
    wrong.put("a@azure", ErrorCode.OBJECT_NOT_FOUND);
    assertThat(outcome(prove(file))).isEmpty();
    wrong.put("a@azure", ErrorCode.PROVIDER_DOWN);
    refusal(prove(file), ErrorCode.PROVIDER_DOWN);
    assertThat(placed).isEmpty();
  }

  @Test
  void oneThatWasSetAsideWronglyIsUsedAgain() {
    FileRecord file = catalog.put("a", "s3", "azure");
    Replica aside = file.replicas().get(1).in(ReplicaState.QUARANTINED, Instant.EPOCH);
    FileRecord before = file.with(List.of(file.replicas().get(0), aside), Instant.EPOCH);
    FileRecord now = outcome(prove(before)).orElseThrow();
    assertThat(now.verifiedAt("azure")).isPresent();
    assertThat(now.verifiedAt("s3")).isPresent();
    assertThat(placed).hasSize(1);
  }
}
