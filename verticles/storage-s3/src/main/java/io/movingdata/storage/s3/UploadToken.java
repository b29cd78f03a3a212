package io.movingdata.storage.s3;

/**
 * What resumes an upload: its id at the server, and what the server does about checksums of its
 * parts, which it says only once.
 */
record UploadToken(Sums sums, String id) {

  /** Checksums that a server keeps of an upload. */
  enum Sums {
    /** None. */
    NONE('n'),
    /** Of each part. */
    PARTS('p'),
    /** Of each part, and of the whole object when it is completed. */
    WHOLE('w');

    private final char letter;

    Sums(char letter) {
      this.letter = letter;
    }
  }

  /** Reads what {@link #toString} wrote. */
  static UploadToken parse(String text) {
    for (Sums sums : Sums.values()) {
      if (text.startsWith(sums.letter + ":")) {
        return new UploadToken(sums, text.substring(2));
      }
    }
    return new UploadToken(Sums.NONE, text);
  }

  @Override
  public String toString() {
    return sums.letter + ":" + id;
  }
}
