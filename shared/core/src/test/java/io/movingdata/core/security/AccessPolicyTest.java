package io.movingdata.core.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPolicyTest {
  private static final AccessPolicy DEFAULTS = AccessPolicy.defaults();

  @ParameterizedTest
  @CsvSource({
    "s3,analytics,true", "s3,engineering,true", "s3,system,true", "s3,operations,false",
    "s3,compliance,false", "azure,operations,true", "azure,engineering,true", "azure,system,true",
    "azure,analytics,false", "gcs,compliance,true", "gcs,analytics,true", "gcs,system,true",
    "gcs,engineering,false", "s3,Analytics,false", "s3,'',false", "elsewhere,system,false"
  })
  void theDefaultsAllowWhatTheyAllow(String location, String role, boolean allowed) {
    AccessDecision decision = DEFAULTS.authorize(location, List.of(role));
    assertThat(decision.allowed()).isEqualTo(allowed);
    assertThat(decision.matchedRole()).isEqualTo(allowed ? Optional.of(role) : Optional.empty());
    assertThat(decision.location()).isEqualTo(location);
    assertThat(decision.policyVersion()).isEqualTo(DEFAULTS.version());
  }

  @Test
  void oneOfSeveralRolesSuffices() {
    AccessDecision decision = DEFAULTS.authorize("gcs", List.of("guest", " compliance "));
    assertThat(decision.allowed()).isTrue();
    assertThat(decision.reason()).isEqualTo("role compliance may use location gcs");
  }

  @Test
  void aRefusalNamesTheLocationAndItsRolesButNothingOfTheCaller() {
    AccessDecision decision = DEFAULTS.authorize("s3", List.of("guest\r\ninjected"));
    assertThat(decision.reason())
        .isEqualTo("location s3 requires one of the roles: analytics, engineering, system");
    assertThat(DEFAULTS.authorize("s3", List.of()).allowed()).isFalse();
  }

  @Test
  void anOverrideReplacesOneLocationAndChangesTheVersion() {
    AccessPolicy changed = DEFAULTS.with(Map.of("s3", List.of(" auditors ", "auditors")));
    assertThat(changed.allowedRoles("s3")).containsExactly("auditors");
    assertThat(changed.authorize("s3", List.of("system")).allowed()).isFalse();
    assertThat(changed.allowedRoles("azure")).isEqualTo(DEFAULTS.allowedRoles("azure"));
    assertThat(changed.version()).isNotEqualTo(DEFAULTS.version()).matches("[0-9a-f]{12}");
    assertThat(changed.with(Map.of("s3", AccessPolicy.DEFAULT_ROLES.get("s3"))))
        .isEqualTo(DEFAULTS)
        .hasSameHashCodeAs(DEFAULTS)
        .returns(DEFAULTS.version(), AccessPolicy::version);
  }

  @Test
  void theVersionDependsOnContentNotOnOrder() {
    AccessPolicy one = AccessPolicy.of(Map.of("a", List.of("x", "y"), "b", List.of("z")));
    AccessPolicy same = AccessPolicy.of(Map.of("b", List.of("z"), "a", List.of("y", "x")));
    AccessPolicy moved = AccessPolicy.of(Map.of("a", List.of("x"), "b", List.of("y", "z")));
    assertThat(same.version()).isEqualTo(one.version());
    assertThat(moved.version()).isNotEqualTo(one.version());
  }

  @Test
  void anEmptyListClosesALocation() {
    AccessDecision decision =
        DEFAULTS.with(Map.of("s3", List.of())).authorize("s3", List.of("system"));
    assertThat(decision.allowed()).isFalse();
    assertThat(decision.reason()).isEqualTo("location s3 requires one of the roles: nobody");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a,b",
        "a\nb",
        "ä",
        "*",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void whatIsNoRoleNameIsRefused(String role) {
    assertThatThrownBy(() -> DEFAULTS.with(Map.of("s3", List.of("ok", role))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("allowed roles of s3: not a role name");
  }

  @Test
  void aSnapshotDescribesEncryptionAndAccess() {
    Keyring keyring =
        Keyring.parse("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=", "env:AZURE_ENCRYPTION_KEY");
    assertThat(DEFAULTS.describe("azure", keyring))
        .isEqualTo(
            new PolicySnapshot(
                "azure",
                DEFAULTS.version(),
                new PolicySnapshot.Encryption(
                    "fernet", SecurityFixtures.KEY.keyId(), "env:AZURE_ENCRYPTION_KEY"),
                new PolicySnapshot.AccessControl(List.of("operations", "engineering", "system"))));
    assertThatThrownBy(() -> DEFAULTS.describe("elsewhere", keyring))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
