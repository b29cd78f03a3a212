package io.movingdata.core.judge;

/** What a provider is asked for. */
public enum RequestKind {
  /** To store a whole object. */
  PUT,
  /** To begin an upload in parts. */
  BEGIN,
  /** To take one part. */
  PART,
  /** To make an object of the parts sent. */
  COMPLETE,
  /** To forget an upload. */
  ABORT,
  /** To delete an object. */
  DELETE,
  /** To read or describe an object. */
  READ,
  /** Anything else. */
  OTHER;

  /** Whether the object is whole once this is done. */
  boolean stores() {
    return this == PUT || this == COMPLETE;
  }
}
