package io.movingdata.storage.s3;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.storage.ByteSource;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** A read of no bytes. */
record EmptySource(ObjectStat stat) implements ByteSource {
  @Override
  public Future<Buffer> next() {
    return Future.succeededFuture(null);
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
