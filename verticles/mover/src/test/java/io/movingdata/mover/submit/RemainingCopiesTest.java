package io.movingdata.mover.submit;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.replication.ReplicationInForce;
import io.movingdata.core.replication.ReplicationPolicy;
import io.movingdata.mover.fixture.FakeCopies;
import io.movingdata.mover.run.WantedCopies;
import io.movingdata.mover.state.Placements;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemainingCopiesTest {
  private final FakeCopies copies = new FakeCopies();

  @AfterEach
  void stop() {
    copies.close();
  }

  /** Lets the copy at gcs go, where a policy wants so many. */
  private Future<FileRecord> drop(int wanted, FileRecord file) {
    ReplicationPolicy policy =
        new ReplicationPolicy(0, wanted, List.of(), List.of(), false, null, null);
    WantedCopies wants = new WantedCopies(copies.node, ReplicationInForce.always(policy));
    Replica removed = file.replicas().get(2);
    return new RemainingCopies(wants, copies.proof())
        .require(Placements.without(file, removed.location(), Instant.EPOCH), removed);
  }

  @Test
  void soManyAreReadAsThePolicyWants() {
    assertThat(outcome(drop(1, copies.file)).replicas()).hasSize(2);
    assertThat(copies.read).containsExactly("s3");
    outcome(drop(2, copies.file));
    assertThat(copies.read).containsExactly("s3", "s3", "azure");
    assertThat(copies.findings).isEmpty();
  }

  @Test
  void whatTheCatalogSaysOfACopyDoesNotCount() {
    copies.wrong.put("azure", ErrorCode.CORRUPT_OBJECT);
    outcome(drop(1, copies.file));
    assertThat(refusal(drop(2, copies.file), ErrorCode.POLICY_DENIED))
        .hasMessageContaining("/consistency/resync")
        .hasMessageContaining("1 would be left");
    assertThat(copies.findings).extracting(found -> found.location()).containsExactly("azure");
    assertThat(copies.findings.get(0).kind()).isEqualTo(FindingKind.CORRUPT);
  }

  @Test
  void aDamagedPrimaryIsRepairedFirst() {
    copies.wrong.put("s3", ErrorCode.OBJECT_NOT_FOUND);
    refusal(drop(1, copies.file), ErrorCode.POLICY_DENIED);
    assertThat(copies.findings.get(0).kind()).isEqualTo(FindingKind.MISSING);
  }

  @Test
  void anOutageProvesNothing() {
    copies.wrong.put("s3", ErrorCode.PROVIDER_DOWN);
    refusal(drop(1, copies.file), ErrorCode.PROVIDER_DOWN);
    assertThat(copies.findings).isEmpty();
  }

  @Test
  void aCopyThatWasSetAsideGoesOnlyWhereAnotherIsWhole() {
    Replica bad = copies.file.replicas().get(2).in(ReplicaState.QUARANTINED, Instant.EPOCH);
    FileRecord file =
        copies.file.with(
            List.of(copies.file.replicas().get(0), copies.file.replicas().get(1), bad),
            Instant.EPOCH);
    outcome(drop(3, file));
    copies.wrong.put("s3", ErrorCode.KEY_MISSING);
    copies.wrong.put("azure", ErrorCode.CORRUPT_OBJECT);
    refusal(drop(3, file), ErrorCode.POLICY_DENIED);
  }
}
