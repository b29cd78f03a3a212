package io.movingdata.core.security;

import java.util.List;

/** How a location protects what it stores, recorded with each file as evidence for auditors. */
public record PolicySnapshot(
    String location, String policyVersion, Encryption encryption, AccessControl accessControl) {

  /**
   * How content is encrypted.
   *
   * @param algorithm always {@code fernet}
   * @param keyId the fingerprint of the key that encrypts
   * @param keySource where that key was configured
   */
  public record Encryption(String algorithm, String keyId, String keySource) {}

  /**
   * Who may use it.
   *
   * @param allowedRoles each of which suffices
   */
  public record AccessControl(List<String> allowedRoles) {
    public AccessControl {
      allowedRoles = List.copyOf(allowedRoles);
    }
  }
}
