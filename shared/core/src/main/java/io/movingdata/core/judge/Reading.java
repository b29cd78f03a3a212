package io.movingdata.core.judge;

/**
 * What came of reading a copy back and decrypting it.
 *
 * @param sha256 SHA-256 of the whole content in lower-case hexadecimal, null where it was not read
 *     or could not be
 * @param problem why it could not be read, null where it was, or was not tried
 */
public record Reading(String sha256, String problem) {
  private static final Reading NONE = new Reading(null, null);

  /** Nobody read it. */
  public static Reading none() {
    return NONE;
  }

  /** It decrypts, to content of this digest. */
  public static Reading content(String sha256) {
    return new Reading(sha256, null);
  }

  /** It does not decrypt. */
  public static Reading unreadable(String problem) {
    return new Reading(null, problem);
  }
}
