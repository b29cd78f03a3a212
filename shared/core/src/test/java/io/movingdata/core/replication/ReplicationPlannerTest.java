package io.movingdata.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.Provider;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicationPlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<LocationConfig> LOCATIONS =
      List.of(
          location("s3", "hot", 0.023),
          location("azure", "warm", 0.018),
          location("gcs", "cold", 0.004));

  private final ReplicationPlanner planner = new ReplicationPlanner(LOCATIONS);

  private static LocationConfig location(String id, String tier, double price) {
    return new LocationConfig(
        id,
        Provider.S3,
        URI.create("http://127.0.0.1:1/"),
        id,
        null,
        null,
        null,
        null,
        List.of(),
        tier,
        "nowhere-1",
        price,
        0.09,
        4);
  }

  private static Replica copy(String location, ReplicaState state) {
    return new Replica(
        location, "key", ObjectFormat.FERNET, location, 0, "k", 100, null, null, state, NOW);
  }

  private static FileRecord file(String id, Replica... copies) {
    return new FileRecord(
        id,
        1,
        "c",
        75,
        "00",
        null,
        copies[0].location(),
        List.of(copies),
        List.of(),
        null,
        NOW,
        NOW,
        null,
        null,
        null,
        false);
  }

  private static FileRecord at(String id, String... locations) {
    return file(
        id,
        Arrays.stream(locations)
            .map(location -> copy(location, ReplicaState.VERIFIED))
            .toArray(Replica[]::new));
  }

  private static ReplicationPolicy policy(
      int copies, List<String> where, ReplicationRule... rules) {
    return new ReplicationPolicy(3, copies, where, List.of(rules), false, null, null);
  }

  private static ReplicationRule prefix(String name, String prefix, int copies, String... where) {
    return new ReplicationRule(name, null, prefix, null, copies, List.of(where));
  }

  @Test
  void oneCopyWantsNothingBesideThePrimary() {
    ReplicationPlan plan = planner.plan(ReplicationPolicy.single(), at("a", "s3", "gcs"));
    assertThat(plan.wanted()).containsExactly("s3");
    assertThat(plan.lacking()).isEmpty();
    assertThat(plan.surplus()).containsExactly("gcs");
    assertThat(plan.satisfied()).isTrue();
    assertThat(ReplicationPolicy.single().trivial()).isTrue();
  }

  @Test
  void withoutLocationsTheCheapestOnesAreTakenAndThoseThatHoldACopyFirst() {
    assertThat(planner.plan(policy(2, List.of()), at("a", "s3")).wanted())
        .containsExactly("s3", "gcs");
    assertThat(planner.plan(policy(2, List.of()), at("a", "s3", "azure")).wanted())
        .containsExactly("s3", "azure");
  }

  @Test
  void theOrderOfTheLocationsDecidesAndThePrimaryCountsWhereverItIs() {
    ReplicationPolicy policy = policy(2, List.of("azure", "s3"));
    assertThat(planner.plan(policy, at("a", "s3")).wanted()).containsExactly("s3", "azure");
    assertThat(planner.plan(policy, at("a", "azure")).wanted()).containsExactly("azure", "s3");
    assertThat(planner.plan(policy, at("a", "gcs")).wanted()).containsExactly("gcs", "azure");
  }

  @Test
  void theClosestRuleHolds() {
    ReplicationRule cold = new ReplicationRule("cold", null, null, "cold", 3, List.of());
    ReplicationRule one = new ReplicationRule("one", "logs/a/1", null, null, 1, List.of());
    ReplicationPolicy policy =
        policy(1, List.of(), cold, prefix("logs", "logs/", 2), prefix("a", "logs/a/", 3), one);
    assertThat(planner.plan(policy, at("logs/a/1", "gcs")).rule()).isEqualTo("one");
    assertThat(planner.plan(policy, at("logs/a/2", "gcs")).rule()).isEqualTo("a");
    assertThat(planner.plan(policy, at("logs/b", "gcs")).rule()).isEqualTo("logs");
    assertThat(planner.plan(policy, at("other", "gcs")).rule()).isEqualTo("cold");
    assertThat(planner.plan(policy, at("other", "s3")).rule())
        .isEqualTo(ReplicationPlanner.DEFAULT);
  }

  @Test
  void aCopyThatIsNotVerifiedDoesNotCount() {
    FileRecord file =
        file("a", copy("s3", ReplicaState.VERIFIED), copy("gcs", ReplicaState.QUARANTINED));
    ReplicationPlan plan = planner.plan(policy(2, List.of("gcs", "s3")), file);
    assertThat(plan.lacking()).containsExactly("gcs");
    assertThat(plan.satisfied()).isFalse();
  }

  @Test
  void removingBelowThePolicyIsDeniedByTheNameOfItsRule() {
    ReplicationPolicy policy = policy(1, List.of(), prefix("keep", "a", 2, "azure", "s3"));
    Replica azure = copy("azure", ReplicaState.VERIFIED);
    assertThat(planner.denial(policy, at("a", "s3"), azure))
        .get()
        .asString()
        .contains("keep", "version 3", "2 verified", "1 would be left");
    assertThat(planner.denial(policy, at("a", "s3", "azure"), copy("gcs", ReplicaState.VERIFIED)))
        .isEmpty();
    assertThat(planner.denial(policy, at("a", "s3"), copy("azure", ReplicaState.QUARANTINED)))
        .isEmpty();
    assertThat(planner.denial(policy, at("b", "s3"), azure)).isEmpty();
  }

  @Test
  void aLocationThatIsNotConfiguredAnyMoreIsLeftOutAndSaidSo() {
    ReplicationPlan plan = planner.plan(policy(2, List.of("gone", "s3")), at("a", "s3"));
    assertThat(plan.wanted()).containsExactly("s3");
    assertThat(plan.satisfied()).isFalse();
    assertThat(plan.reasons()).anyMatch(reason -> reason.contains("gone"));
  }

  @Test
  void aPolicyIsRefusedWithEveryFieldAtFault() {
    ReplicationPolicy bad =
        policy(
            0,
            List.of("mars"),
            prefix("x", "", 9),
            new ReplicationRule("x", "f", "f", null, 1, List.of()),
            new ReplicationRule("t", null, null, "tepid", 2, List.of("s3")),
            prefix("u", "u", 1, "s3", "s3"));
    assertThatThrownBy(() -> ReplicationCheck.check(bad, LOCATIONS))
        .isInstanceOfSatisfying(
            MovingDataException.class,
            e ->
                assertThat(e.fields().stream().map(MovingDataException.FieldError::field))
                    .contains(
                        "copies",
                        "locations[0]",
                        "rules[0].prefix",
                        "rules[0].copies",
                        "rules[1].name",
                        "rules[1].prefix",
                        "rules[2].tier",
                        "rules[2].locations",
                        "rules[3].locations[1]"));
    ReplicationPolicy good = policy(2, List.of("gcs", "s3"), prefix("x", "x/", 3));
    assertThat(ReplicationCheck.check(good, LOCATIONS)).isSameAs(good);
  }
}
