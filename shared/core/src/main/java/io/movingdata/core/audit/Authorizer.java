package io.movingdata.core.audit;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.Requester;
import io.movingdata.core.security.AccessDecision;
import io.movingdata.core.security.AccessPolicy;
import java.util.Collection;
import java.util.function.Supplier;

/** Asks the access policy for every location that a request touches, and records refusals. */
public final class Authorizer {
  private final Supplier<AccessPolicy> policy;
  private final AuditLog audit;

  public Authorizer(Supplier<AccessPolicy> policy, AuditLog audit) {
    this.policy = policy;
    this.audit = audit;
  }

  /** Whether the roles are allowed at a location. */
  public boolean allows(Requester who, String location) {
    return policy.get().authorize(location, who.roles()).allowed();
  }

  /**
   * Requires the roles to be allowed at each location.
   *
   * @throws MovingDataException {@code FORBIDDEN} naming the location and its roles
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
