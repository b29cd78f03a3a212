package io.movingdata.core.security;

/**
 * A token that is not a valid Fernet token under the key. It has one message for every reason, so
 * that nobody who can submit tokens learns how far one got.
 */
public final class FernetException extends RuntimeException {
  FernetException() {
    super("invalid Fernet token");
  }
}
