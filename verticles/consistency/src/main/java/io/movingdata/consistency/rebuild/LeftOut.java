package io.movingdata.consistency.rebuild;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * An object that no file came to reference.
 *
 * @param location where it is
 * @param key its name
 * @param fileId whose copy it says that it is, null where it does not say
 * @param reason why it was left out
 * @param detail the same in words
 */
public record LeftOut(String location, String key, String fileId, Reason reason, String detail) {

  /** Why an object was left out. */
  public enum Reason {
    /** The file has newer content. */
    @JsonProperty("superseded")
    SUPERSEDED,
    /** The location has another copy of the same content. */
    @JsonProperty("duplicate")
    DUPLICATE,
    /** It does not decrypt to anything whole. */
    @JsonProperty("unreadable")
    UNREADABLE,
    /** No key of the location's keyring encrypted it. */
    @JsonProperty("unknown-key")
    UNKNOWN_KEY,
    /** It is under the name of another copy. */
    @JsonProperty("misnamed")
    MISNAMED,
    /** Two copies of what should be the same content differ. */
    @JsonProperty("conflict")
    CONFLICT,
    /** It was given up, or its file deleted, by what the backup says. */
    @JsonProperty("given-up")
    GIVEN_UP,
    /** Nothing says that it is ours. */
    @JsonProperty("foreign")
    FOREIGN
  }

  /** One line for people. */
  @Override
  public String toString() {
    String whose = fileId == null ? "" : " (copy of " + fileId + ")";
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-')
        + " "
        + location
        + "/"
        + key
        + whose
        + ": "
        + detail;
  }
}
