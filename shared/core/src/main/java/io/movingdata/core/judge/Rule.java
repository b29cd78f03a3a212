package io.movingdata.core.judge;

/** What must hold, the gravest first. */
public enum Rule {
  /** An acknowledged content is the file's, and a copy of it can be read. */
  DURABILITY,
  /** A file that was deleted does not come back. */
  RESURRECTION,
  /** A delete hits what no file references, while another copy of its content is whole. */
  DELETE_DISCIPLINE,
  /** Each verified copy is stored in full and decrypts to the file's content. */
  REPLICA,
  /** The primary is a verified copy, where the last move put it; no copy is listed twice. */
  PLACEMENT,
  /** A copy that was given up is referenced by nothing. */
  GIVEN_UP,
  /** A deleted name is not written again; what comes late of a given-up copy is forgiven. */
  KEY_REUSE,
  /** Moves of one file do not overlap, and each new owner has a higher epoch. */
  SERIALISATION,
  /** Reads return what was current while they ran. */
  TRUTHFUL_READ,
  /** A move that a client was told of is in the catalog, committed where that was said. */
  TRUTHFUL_MOVE,
  /** The same idempotency key gets the same answer. */
  IDEMPOTENCY,
  /** What is stored beside a copy says whose it is. */
  METADATA,
  /** A move ends in time. */
  CONVERGENCE,
  /** No move waits for somebody's decision. */
  STUCK_MOVE,
  /** Garbage goes once its grace is over. */
  GARBAGE,
  /** An intent that nobody works on is given up in time. */
  ABANDONED_INTENT,
  /** An upload that nobody will finish is aborted in time. */
  UNFINISHED_UPLOAD,
  /** Each stored object is a file's, garbage, or on its way. */
  ORPHAN
}
