package io.movingdata.core.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessPolicyFileTest {
  private static final AccessPolicy BASE = AccessPolicy.defaults();

  @Test
  void aNamedLocationIsReplacedAndTheOthersStay() {
    AccessPolicy policy =
        AccessPolicyFile.apply(
            "{\"locations\": {\"s3\": {\"allowed_roles\": [\"auditors\", \"system\"]}}}", BASE);
    assertThat(policy.allowedRoles("s3")).containsExactly("auditors", "system");
    assertThat(policy.allowedRoles("gcs")).isEqualTo(BASE.allowedRoles("gcs"));
    assertThat(policy.locations()).isEqualTo(BASE.locations());
    assertThat(BASE.allowedRoles("s3")).doesNotContain("auditors");
  }

  @Test
  void aFileWithoutLocationsChangesNothing() {
    assertThat(AccessPolicyFile.apply("{\"locations\": {}}", BASE)).isEqualTo(BASE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|the document must be an object",
        "{}|locations must be an object",
        "{'locations': []}|locations must be an object",
        "{'locations': {}, 'extra': 1}|extra is unknown",
        "{'locations': {'s4': {'allowed_roles': []}}}|locations.s4 is not a configured location",
        "{'locations': {'s3': []}}|locations.s3 must be an object",
        "{'locations': {'s3': {}}}|locations.s3.allowed_roles must be a list of role names",
        "{'locations': {'s3': {'allowed_roles': 'a'}}}"
            + "|locations.s3.allowed_roles must be a list of role names",
        "{'locations': {'s3': {'allowed_roles': null}}}"
            + "|locations.s3.allowed_roles must be a list of role names",
        "{'locations': {'s3': {'allowed_roles': [], 'roles': []}}}|locations.s3.roles is unknown",
        "{'locations': {'s3': {'allowed_roles': ['a', 7]}}}"
            + "|locations.s3.allowed_roles[1] must be a text",
        "{'locations': {'s3': {'allowed_roles': ['a b']}}}"
            + "|locations.s3.allowed_roles[0] is not a role name",
      })
  void aFaultIsNamedByItsField(String json, String message) {
    assertThatThrownBy(() -> AccessPolicyFile.apply(json.replace('\'', '"'), BASE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("access policy: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``",
        "{'locations': {}",
        "{'locations': {}} {}",
        "{'locations': {}, 'locations': {}}",
        "{'locations': {'s3': {'allowed_roles': ['a'], 'allowed_roles': ['b']}}}"
      })
  void whatIsNotOneJsonDocumentIsRefused(String json) {
    assertThatThrownBy(() -> AccessPolicyFile.apply(json.replace('\'', '"'), BASE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("access policy");
  }
}
