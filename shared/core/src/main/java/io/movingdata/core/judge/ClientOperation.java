package io.movingdata.core.judge;

import java.time.Instant;

/**
 * One call of a client.
 *
 * @param kind what was asked for
 * @param fileId of which file
 * @param invoked when the call began
 * @param answered when its answer was there, null where none came
 * @param outcome what the answer says
 * @param sha256 SHA-256 of the content that was sent, or that a successful read returned; null for
 *     a read that found no file, and where there is no content
 * @param target location that a move asks for, null for others
 * @param moveId the move as answered, null where there is none
 * @param idempotencyKey the key that the call carried, null for none
 * @param answer the answer in a form that can be compared, null where none came
 */
public record ClientOperation(
    OperationKind kind,
    String fileId,
    Instant invoked,
    Instant answered,
    Outcome outcome,
    String sha256,
    String target,
    String moveId,
    String idempotencyKey,
    String answer) {

  /** Whether the client was told that it is done. */
  boolean acknowledged() {
    return outcome == Outcome.OK;
  }

  /** Whether the client was told that it is done or will be. */
  boolean taken() {
    return outcome == Outcome.OK || outcome == Outcome.ACCEPTED;
  }

  /** Whether it may have been carried out at any time since it was sent. */
  boolean mayHaveHappened() {
    return outcome != Outcome.FAILED;
  }
}
