package io.movingdata.core.model;

import java.util.List;

/**
 * On whose behalf something is done.
 *
 * @param principal name for the audit trail
 * @param roles the roles that the access policy is asked about
 * @param requestId the trace id of the request that started it
 */
public record Requester(String principal, List<String> roles, String requestId) {
  public Requester {
    roles = roles == null ? List.of() : List.copyOf(roles);
  }
}
