package io.movingdata.consistency.verify;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.model.Replica;

/** Compares what a provider says of an object with what the catalog recorded of the copy. */
public final class CopyCheck {
  private CopyCheck() {}

  /** Whether size, checksum or entity tag differ; what one side does not know is not compared. */
  public static boolean differs(Expected expected, ObjectStat stat) {
    return stat.size() != expected.bytes()
        || differ(expected.checksum(), stat.checksum())
        || differ(expected.etag(), stat.etag());
  }

  private static boolean differ(String one, String other) {
    return one != null && other != null && !one.equals(other);
  }

  /**
   * What the catalog expects at a key.
   *
   * @param key physical key
   * @param fileId the file whose copy it is
   * @param bytes stored size
   * @param checksum as the provider computed it, null where it did not
   * @param etag entity tag, null where there is none
   * @param verified false: the copy is known to be bad
   */
  public record Expected(
      String key, String fileId, long bytes, String checksum, String etag, boolean verified) {
    /** What is expected of a file's copy. */
    public static Expected of(String fileId, Replica copy) {
      return new Expected(
          copy.key(), fileId, copy.bytes(), copy.checksum(), copy.etag(), copy.verified());
    }
  }
}
