package io.movingdata.testkit.storage;

/** What can be asked of a store: names in the request log, and where faults are arranged. */
public enum StoreOperation {
  /** {@code ensure}. */
  ENSURE,
  /** {@code probe}. */
  PROBE,
  /** {@code stat}. */
  STAT,
  /** {@code read}: the opening. */
  READ,
  /** One piece of a read. */
  PIECE,
  /** {@code put}. */
  PUT,
  /** {@code beginUpload}. */
  BEGIN,
  /** {@code uploadedParts}. */
  UPLOADED,
  /** {@code uploadPart}. */
  PART,
  /** {@code completeUpload}. */
  COMPLETE,
  /** {@code abortUpload}. */
  ABORT,
  /** {@code delete}. */
  DELETE,
  /** {@code list}. */
  LIST,
  /** {@code unfinishedUploads}. */
  UNFINISHED
}
