package io.movingdata.gateway.access;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.Requester;
import io.movingdata.core.security.AccessDecision;
import io.movingdata.core.security.AccessPolicy;
import java.util.Collection;
import java.util.function.Supplier;

/** Asks the access policy in force about the locations that a request touches. */
public final class Authorizer {
  private final Supplier<AccessPolicy> policy;
  private final AuditLog audit;

  public Authorizer(Supplier<AccessPolicy> policy, AuditLog audit) {
    this.policy = policy;
    this.audit = audit;
  }

  /** Whether one of the roles is allowed at a location. */
  public boolean allows(Requester who, String location) {
    return policy.get().authorize(location, who.roles()).allowed();
  }

  /**
   * Requires a role that is allowed at each location; a refusal is recorded.
   *
   * @throws MovingDataException {@code FORBIDDEN} naming the location and the roles it allows
   */
  public void require(Requester who, String action, String fileId, Collection<String> locations) {
    AccessPolicy now = policy.get();
    for (String location : locations) {
      AccessDecision decision = now.authorize(location, who.roles());
      if (!decision.allowed()) {
        audit.record(who, action, fileId, location, "denied", decision.reason(), null);
        throw MovingDataException.of(ErrorCode.FORBIDDEN, decision.reason());
      }
    }
  }
}
