package io.movingdata.core.security;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which roles may use which location: an immutable snapshot whose version is a hash of its content.
 * A location that it does not know is closed to everyone, as is one with an empty list.
 */
public final class AccessPolicy {
  /** The roles that each provider's location allows when nothing else is configured. */
  public static final Map<String, List<String>> DEFAULT_ROLES =
      Map.of(
          "s3", List.of("analytics", "engineering", "system"),
          "azure", List.of("operations", "engineering", "system"),
          "gcs", List.of("compliance", "analytics", "system"));

  private static final AccessPolicy DEFAULTS = of(DEFAULT_ROLES);

  private final Map<String, List<String>> rolesByLocation;
  private final String version;

  private AccessPolicy(Map<String, List<String>> rolesByLocation) {
    this.rolesByLocation = Collections.unmodifiableMap(rolesByLocation);
    this.version = hash(rolesByLocation);
  }

  /** The policy of the three default locations. */
  public static AccessPolicy defaults() {
    return DEFAULTS;
  }

  /**
   * The policy with these roles per location.
   *
   * @throws IllegalArgumentException if a role name is invalid; the message names the location
   */
  public static AccessPolicy of(Map<String, ? extends Collection<String>> rolesByLocation) {
    Map<String, List<String>> checked = new TreeMap<>();
    rolesByLocation.forEach(
        (location, roles) -> {
          try {
            checked.put(location, RoleName.parseAll(roles));
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "allowed roles of " + location + ": " + e.getMessage(), e);
          }
        });
    return new AccessPolicy(checked);
  }

  /** This policy with other lists of roles for some locations, or for more locations. */
  public AccessPolicy with(Map<String, ? extends Collection<String>> overrides) {
    Map<String, Collection<String>> merged = new TreeMap<>(rolesByLocation);
    merged.putAll(overrides);
    return of(merged);
  }

  /** 12 hexadecimal digits that change when any location or role does. */
  public String version() {
    return version;
  }

  /** The locations with a list of roles, in alphabetical order. */
  public Set<String> locations() {
    return rolesByLocation.keySet();
  }

  /** The roles that a location allows, in configured order; none for an unknown location. */
  public List<String> allowedRoles(String location) {
    return rolesByLocation.getOrDefault(location, List.of());
  }

  /** Decides whether one of the roles suffices for the location. */
  public AccessDecision authorize(String location, Collection<String> roles) {
    if (!rolesByLocation.containsKey(location)) {
      return new AccessDecision(
          location, false, Optional.empty(), "location has no access policy", version);
    }
    List<String> allowed = allowedRoles(location);
    Set<String> held = roles.stream().map(String::strip).collect(Collectors.toSet());
    Optional<String> matched = allowed.stream().filter(held::contains).findFirst();
    String list = allowed.isEmpty() ? "nobody" : String.join(", ", allowed);
    String reason =
        matched
            .map(role -> "role " + role + " may use location " + location)
            .orElse("location " + location + " requires one of the roles: " + list);
    return new AccessDecision(location, matched.isPresent(), matched, reason, version);
  }

  /**
   * Describes how a location is protected now.
   *
   * @throws IllegalArgumentException if the policy does not know the location
   */
  public PolicySnapshot describe(String location, Keyring keyring) {
    if (!rolesByLocation.containsKey(location)) {
      throw new IllegalArgumentException("location has no access policy");
    }
    return new PolicySnapshot(
        location,
        version,
        new PolicySnapshot.Encryption("fernet", keyring.encryptionKey().keyId(), keyring.source()),
        new PolicySnapshot.AccessControl(allowedRoles(location)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccessPolicy that && rolesByLocation.equals(that.rolesByLocation);
  }

  @Override
  public int hashCode() {
    return rolesByLocation.hashCode();
  }

  @Override
  public String toString() {
    return "AccessPolicy[" + version + "]" + rolesByLocation;
  }

  private static String hash(Map<String, List<String>> rolesByLocation) {
    String content =
        rolesByLocation.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue().stream().sorted().toList())
            .collect(Collectors.joining("\n"));
    return HexFormat.of().formatHex(Jca.sha256(content.getBytes(StandardCharsets.UTF_8)), 0, 6);
  }
}
