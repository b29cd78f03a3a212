package io.movingdata.core.judge;

import java.time.Instant;

/**
 * One request to a provider, as a recorder between it and the nodes saw it.
 *
 * @param begun when it arrived
 * @param ended when its answer passed; null where none did
 * @param location where it went
 * @param kind what it asks for
 * @param key which object, null where the request names none
 * @param status HTTP status of the answer, 0 where none passed
 * @param contentId the content that it stores as its metadata say, null where they do not
 */
public record ProviderRequest(
    Instant begun,
    Instant ended,
    String location,
    RequestKind kind,
    String key,
    int status,
    String contentId) {

  /** Whether the provider answered that it is done. */
  boolean succeeded() {
    return status >= 200 && status < 300;
  }

  /** Whether it may have been carried out: it was not refused. */
  boolean mayHaveHappened() {
    return status < 300 || status >= 500;
  }

  /** The earliest time from which what it asked for may be so. */
  Instant effective() {
    return succeeded() && ended != null ? ended : begun;
  }
}
