package io.movingdata.core.storage;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;

/** A stored object's description, passed on only where it agrees with what was sent. */
final class Checked {
  private static final String CRC32C = "crc32c:";

  private Checked() {}

  static Future<ObjectStat> size(ObjectStat stat, long size) {
    return stat.size() == size
        ? Future.succeededFuture(stat)
        : mismatch("the provider holds " + stat.size() + " bytes instead of " + size);
  }

  /** Compares where both sides know the checksum. */
  static Future<ObjectStat> crc32c(ObjectStat stat, long crc32c) {
    boolean known = crc32c != PartLedger.UNKNOWN && stat.checksum() != null;
    if (!known || !stat.checksum().startsWith(CRC32C)) {
      return Future.succeededFuture(stat);
    }
    String sent = CRC32C + new Crc32cValue((int) crc32c).hex();
    return stat.checksum().equals(sent)
        ? Future.succeededFuture(stat)
        : mismatch("the provider's checksum differs from that of the bytes sent");
  }

  private static Future<ObjectStat> mismatch(String why) {
    return Future.failedFuture(MovingDataException.of(ErrorCode.CHECKSUM_MISMATCH, why));
  }
}
