package io.movingdata.core.model;

import java.time.Instant;

/**
 * A difference between what is stored and what the catalog says; one document an object.
 *
 * @param id stands for the object: see {@link FindingId}
 * @param version compare-and-set counter
 * @param kind what differs
 * @param state what becomes of it
 * @param location where, or the mirror's name; null for the catalog alone
 * @param fileId the file, null where it is not known
 * @param copyId the copy, null where it is not known
 * @param key physical key, null for the catalog alone
 * @param detail one sentence on what was seen
 * @param passId the pass that saw it last
 * @param sightings how many passes saw it
 * @param firstSeenAt when it was seen first
 * @param lastSeenAt when it was seen last
 * @param attempts failed repairs
 * @param nextAttemptAt not to be repaired before, null for at once
 * @param lastError why the last repair failed, null for none
 * @param settledBy who or what ended it, null while it is not
 * @param updatedAt when it last changed
 */
public record Finding(
    String id,
    long version,
    FindingKind kind,
    FindingState state,
    String location,
    String fileId,
    String copyId,
    String key,
    String detail,
    String passId,
    int sightings,
    Instant firstSeenAt,
    Instant lastSeenAt,
    int attempts,
    Instant nextAttemptAt,
    String lastError,
    String settledBy,
    Instant updatedAt) {

  /** The same at another version. */
  public Finding atVersion(long next) {
    return new Finding(
        id,
        next,
        kind,
        state,
        location,
        fileId,
        copyId,
        key,
        detail,
        passId,
        sightings,
        firstSeenAt,
        lastSeenAt,
        attempts,
        nextAttemptAt,
        lastError,
        settledBy,
        updatedAt);
  }

  /** Seen for the first time. */
  public static Finding first(
      FindingKind kind,
      FindingState state,
      String location,
      String fileId,
      String copyId,
      String key,
      String detail,
      String passId,
      Instant now) {
    return new Finding(
        FindingId.of(location, key == null ? fileId : key),
        0,
        kind,
        state,
        location,
        fileId,
        copyId,
        key,
        detail,
        passId,
        1,
        now,
        now,
        0,
        null,
        null,
        null,
        now);
  }

  /**
   * Seen again as {@code now} says; what was settled begins anew, except that what a person chose
   * to ignore stays so while it is of the same kind.
   */
  public Finding seenAgain(Finding now) {
    boolean again = state.settled() && !(state == FindingState.IGNORED && kind == now.kind);
    boolean keeps = kind == now.kind && !again;
    boolean same = passId != null && passId.equals(now.passId);
    return new Finding(
        id,
        version,
        now.kind,
        keeps ? state : now.state,
        now.location,
        now.fileId,
        now.copyId,
        now.key,
        now.detail,
        now.passId,
        again ? 1 : sightings + (same ? 0 : 1),
        again ? now.firstSeenAt : firstSeenAt,
        now.lastSeenAt,
        again ? 0 : attempts,
        again ? null : nextAttemptAt,
        again ? null : lastError,
        keeps ? settledBy : null,
        now.updatedAt);
  }

  /** In another state. */
  public Finding in(FindingState next, String by, Instant now) {
    return with(next, attempts, null, next.settled() ? null : lastError, by, now);
  }

  /** A repair failed: tried again at a time, or never where it is null. */
  public Finding failed(String error, Instant next, Instant now) {
    FindingState then = next == null ? FindingState.STUCK : FindingState.OPEN;
    return with(then, attempts + 1, next, error, null, now);
  }

  /** Not to be worked on by others before a time. */
  public Finding waitingUntil(Instant time, Instant now) {
    return with(state, attempts, time, lastError, settledBy, now);
  }

  /** With a word on why it is as it is; null leaves it as it was. */
  public Finding because(String reason) {
    return reason == null
        ? this
        : with(state, attempts, nextAttemptAt, reason, settledBy, updatedAt);
  }

  private Finding with(
      FindingState next, int tries, Instant nextTry, String error, String by, Instant at) {
    return new Finding(
        id,
        version,
        kind,
        next,
        location,
        fileId,
        copyId,
        key,
        detail,
        passId,
        sightings,
        firstSeenAt,
        lastSeenAt,
        tries,
        nextTry,
        error,
        by,
        at);
  }
}
