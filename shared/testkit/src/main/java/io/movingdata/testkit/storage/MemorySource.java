package io.movingdata.testkit.storage;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ByteSource;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.LongConsumer;

/** A read of bytes in memory, in pieces of an odd size so that nobody relies on theirs. */
final class MemorySource implements ByteSource {
  static final int PIECE = 200_003;

  private final ObjectStat stat;
  private final byte[] bytes;
  private final long end;
  private final StoreFaults faults;
  private final LongConsumer log;
  private long position;
  private boolean closed;

  MemorySource(
      ObjectStat stat, byte[] bytes, long start, long end, StoreFaults faults, LongConsumer log) {
    this.stat = stat;
    this.bytes = bytes;
    this.position = start;
    this.end = end;
    this.faults = faults;
    this.log = log;
  }

  @Override
  public ObjectStat stat() {
    return stat;
  }

  @Override
  public Future<Buffer> next() {
    log.accept(position);
    return faults.admit(StoreOperation.PIECE).compose(v -> piece());
  }

  private Future<Buffer> piece() {
    if (closed) {
      return Future.failedFuture(
          MovingDataException.of(ErrorCode.PROVIDER_DOWN, "the read was closed"));
    }
    if (position == end) {
      return Future.succeededFuture();
    }
    int length = faults.beforeCut(position, (int) Math.min(PIECE, end - position));
    if (length == 0) {
      return switch (faults.cut(position)) {
        case SILENT -> Future.succeededFuture();
        case LOUD, NONE ->
            Future.failedFuture(
                MovingDataException.of(ErrorCode.PROVIDER_DOWN, "the connection broke"));
      };
    }
    Buffer piece = Buffer.buffer(length).appendBytes(bytes, (int) position, length);
    position += length;
    return Future.succeededFuture(piece);
  }

  @Override
  public void close() {
    closed = true;
  }
}
