package io.movingdata.mover.simulate;

/** What goes wrong. */
enum Effect {
  NONE,
  /** The process dies: the sender, the catalog's, or the one that waits for the answer. */
  CRASH,
  /** The process stands still for a while, past any lease, and goes on. */
  FREEZE,
  /** The request, or the answer, is lost. */
  LOSE,
  /** The request, or the answer, comes when nobody waits for it any more. */
  LATE,
  /** The request comes twice. */
  DOUBLE,
  /** The store refuses the step. */
  STORE_DOWN,
  /** The store takes the step, and nobody hears of it. */
  STORE_UNKNOWN,
  /** The provider throttles. */
  BUSY,
  /** The provider cannot be reached. */
  DOWN,
  /** The provider refuses: its credentials have expired. */
  REJECTED,
  /** The provider does what it is asked, and the answer is lost. */
  ANSWER_LOST,
  /** The provider does not find what is there. */
  NOT_FOUND,
  /** Bytes are changed on the way. */
  CORRUPT,
  /** The provider says that it stored something else than it was sent. */
  WRONG_ANSWER,
  /** The provider says that it deleted, and did not. */
  KEPT,
  /** The key of the copy is not in this node's keyring. */
  NO_KEY
}
