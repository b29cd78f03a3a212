package io.movingdata.core.security;

/** No key with that id is on the location's keyring, so what it encrypted cannot be read. */
public final class UnknownKeyException extends RuntimeException {
  private final String keyId;

  UnknownKeyException(String keyId) {
    super("no key with id " + keyId + " is on the keyring");
    this.keyId = keyId;
  }

  /** The id of the missing key. */
  public String keyId() {
    return keyId;
  }
}
