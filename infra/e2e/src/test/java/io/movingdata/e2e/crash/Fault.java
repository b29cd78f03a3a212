package io.movingdata.e2e.crash;

/** What happens to a node that has been stopped at a crash point. */
enum Fault {
  /** Killed; another node takes over. */
  KILL,
  /** Killed, and started again: there is no other. */
  KILL_RESTART,
  /** Killed, and the node that takes over is killed as well; a third finishes. */
  KILL_AGAIN,
  /** Left frozen while another node takes over, then let go on. */
  FREEZE,
  /** As {@link #FREEZE}, and a client overwrites the file meanwhile. */
  FREEZE_OVERWRITE,
  /** As {@link #FREEZE}, and a client deletes the file meanwhile. */
  FREEZE_DELETE,
  /** As {@link #FREEZE}, and clients read the file all the time. */
  FREEZE_READ;

  boolean kills() {
    return this == KILL || this == KILL_RESTART || this == KILL_AGAIN;
  }

  /** How many nodes a cell of this kind needs. */
  int nodes() {
    return switch (this) {
      case KILL_RESTART -> 1;
      case KILL_AGAIN -> 3;
      default -> 2;
    };
  }
}
