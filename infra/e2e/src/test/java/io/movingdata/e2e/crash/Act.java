package io.movingdata.e2e.crash;

/** What a client asks for. */
enum Act {
  /** Moves a file by hand. */
  MOVE,
  /** A move that is given up half-way: cancelled, or the file is overwritten or deleted. */
  ABORTED_MOVE,
  /** Uploads other content over a file. */
  OVERWRITE,
  /** Uploads a new file. */
  UPLOAD,
  /** Copies a file to a second location. */
  COPY,
  /** Moves several files in a job; any node may run each. */
  BULK,
  /** Deletes a file. */
  DELETE
}
