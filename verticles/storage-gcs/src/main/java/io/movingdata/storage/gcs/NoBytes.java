package io.movingdata.storage.gcs;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.storage.ByteSource;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** A range without bytes. */
record NoBytes(ObjectStat stat) implements ByteSource {
  @Override
  public Future<Buffer> next() {
    return Future.succeededFuture();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
