package io.movingdata.core.security;

import java.util.Optional;

/**
 * The answer to whether someone with certain roles may use a location.
 *
 * @param matchedRole the role that allowed it; empty if denied
 * @param reason one sentence for people, which names the location and the roles it allows
 * @param policyVersion the version of the policy that decided
 */
public record AccessDecision(
    String location,
    boolean allowed,
    Optional<String> matchedRole,
    String reason,
    String policyVersion) {}
