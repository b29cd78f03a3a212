package io.movingdata.catalog;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.CatalogApi.Verified;
import io.movingdata.core.contract.CatalogApi.VerifiedCopy;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifiedServiceTest {
  private static final Instant LATER = Samples.NOW.plusSeconds(100);

  private final FileRepository files = new FileRepository(new MemoryStore(), Clock.systemUTC());
  private final VerifiedService service = new VerifiedService(files);

  private FileRecord put(String id, Replica... copies) {
    FileRecord begun = outcome(files.getOrBegin(id));
    return outcome(files.replace(Samples.file(id, "content", copies), begun.version()))
        .orElseThrow();
  }

  private static Replica copy(String id, String location) {
    return Samples.replica(id, location, Samples.copyId());
  }

  private long record(VerifiedCopy... copies) {
    return outcome(service.record(new Verified(List.of(copies)))).count();
  }

  @Test
  void theTimeOfEachCopyIsKeptAndNothingElseChanges() {
    FileRecord a = put("a", copy("a", "s3"), copy("a", "gcs"));
    FileRecord b = put("b", copy("b", "s3"));
    String first = a.replicas().get(0).copyId();
    String second = a.replicas().get(1).copyId();
    assertThat(
            record(
                new VerifiedCopy("a", first, LATER),
                new VerifiedCopy("a", second, LATER.plusSeconds(1)),
                new VerifiedCopy("b", b.replicas().get(0).copyId(), LATER)))
        .isEqualTo(3);
    FileRecord now = outcome(files.get("a")).orElseThrow();
    assertThat(now.replicas())
        .extracting(Replica::verifiedAt)
        .containsExactly(LATER, LATER.plusSeconds(1));
    assertThat(now.version()).as("nobody who relies on it loses").isEqualTo(a.version());
    assertThat(now.with(a.replicas(), a.updatedAt())).isEqualTo(a);
    assertThat(outcome(files.replace(a, a.version()))).as("a move under way goes on").isPresent();
  }

  @Test
  void whatIsNotReferencedSetAsideOrKnownToBeLaterIsPassedOver() {
    Replica aside = copy("a", "gcs").in(ReplicaState.QUARANTINED, Samples.NOW);
    FileRecord a = put("a", copy("a", "s3"), aside);
    assertThat(
            record(
                new VerifiedCopy("a", aside.copyId(), LATER),
                new VerifiedCopy("a", Samples.copyId(), LATER),
                new VerifiedCopy("a", a.replicas().get(0).copyId(), Samples.NOW.minusSeconds(1)),
                new VerifiedCopy("none", Samples.copyId(), LATER)))
        .isZero();
    assertThat(outcome(files.get("a"))).contains(a);
    assertThat(outcome(files.get("none"))).isEmpty();
  }
}
