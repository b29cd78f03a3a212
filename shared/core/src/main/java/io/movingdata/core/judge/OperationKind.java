package io.movingdata.core.judge;

/** What a client asks for. */
public enum OperationKind {
  /** To store content, new or in place of other content. */
  WRITE,
  /** To delete a file. */
  DELETE,
  /** To read a file's whole content. */
  READ,
  /** To move a file. */
  MOVE;

  /** Whether it changes what a file holds. */
  boolean changesContent() {
    return this == WRITE || this == DELETE;
  }
}
