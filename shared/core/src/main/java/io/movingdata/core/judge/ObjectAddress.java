package io.movingdata.core.judge;

import io.movingdata.core.model.Replica;

/** Where an object is: a location and a key there. */
record ObjectAddress(String location, String key) {
  private static final int COPY_ID = 32;

  static ObjectAddress of(Replica copy) {
    return new ObjectAddress(copy.location(), copy.key());
  }

  /** What the keys of all copies of a file have in common, and those of no other file. */
  String filePart() {
    return key.substring(0, Math.max(0, key.length() - COPY_ID));
  }

  /** The copy's id, which ends each key of ours. */
  String copyId() {
    return key.substring(Math.max(0, key.length() - COPY_ID));
  }

  @Override
  public String toString() {
    return location + "/" + key;
  }
}
